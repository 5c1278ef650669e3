package dev.websentry.testsite.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that does with each connection what a script says. */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens on one connection, on a thread of its own; it is closed, and the thread interrupted, with the server. */
    public interface Script {
        void run(Socket connection) throws IOException, InterruptedException;
    }

    public ScriptedServer(Script script) {
        this(script, "127.0.0.1");
    }

    /** @param address a loopback address: any of 127.0.0.0/8, or ::1 */
    public ScriptedServer(Script script, String address) {
        this(script, address, 0);
    }

    /**
     * At a port that the caller needs.
     *
     * @throws UncheckedIOException when it is not to be had
     */
    public ScriptedServer(Script script, String address, int port) {
        this.script = script;
        try {
            listener = new ServerSocket(port, 200, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Reads a ClientHello, then sends these bytes and closes. */
    public static ScriptedServer answering(byte[] bytes) {
        return new ScriptedServer(connection -> {
            readSome(connection);
            connection.getOutputStream().write(bytes);
        });
    }

    /** Reads and never answers. */
    public static ScriptedServer silent() {
        return silentAt("127.0.0.1");
    }

    /** The same at another loopback address. */
    public static ScriptedServer silentAt(String address) {
        return silentAt(address, 0);
    }

    /** The same at a port that the caller needs. */
    public static ScriptedServer silentAt(String address, int port) {
        Script listen = connection -> {
            while (connection.getInputStream().read() >= 0) {
                // Goes on listening.
            }
        };
        return new ScriptedServer(listen, address, port);
    }

    /** Answers a hello with a TCP reset. */
    public static ScriptedServer resetting() {
        return new ScriptedServer(connection -> {
            readSome(connection);
            connection.setSoLinger(true, 0);
        });
    }

    /** Reads what has come of a hello. */
    public static void readSome(Socket connection) throws IOException {
        byte[] buffer = new byte[4096];
        if (connection.getInputStream().read(buffer) < 0) {
            throw new IOException("nothing came");
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections came so far. */
    public int connections() {
        return connections.get();
    }

    /** How many of them are not closed yet. */
    public int openConnections() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                open.add(connection);
                start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, and the loop ends; or one connection that came to nothing.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.run(connection);
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
            threads.remove(Thread.currentThread());
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : open) {
                connection.close();
            }
            threads.forEach(Thread::interrupt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
