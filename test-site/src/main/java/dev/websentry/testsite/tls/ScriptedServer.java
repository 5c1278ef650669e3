package dev.websentry.testsite.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that runs a script for each connection. */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ConnectionScript script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionCount = new AtomicInteger();

    /**
     * Handles one connection in its own thread. When the server is closed, the connection is closed and the thread is
     * interrupted.
     */
    public interface ConnectionScript {
        void run(Socket connection) throws IOException, InterruptedException;
    }

    /** Starts a server on a free port of 127.0.0.1. */
    public ScriptedServer(ConnectionScript script) {
        this(script, "127.0.0.1");
    }

    /**
     * Starts a server on a free port.
     *
     * @param script handles the connections
     * @param address loopback address: any of 127.0.0.0/8, or ::1
     */
    public ScriptedServer(ConnectionScript script, String address) {
        this(script, address, 0);
    }

    /**
     * Starts a server on a specific port.
     *
     * @param script handles the connections
     * @param address loopback address: any of 127.0.0.0/8, or ::1
     * @param port port to listen on; 0 for a free one
     * @throws UncheckedIOException if the port is not available
     */
    public ScriptedServer(ConnectionScript script, String address, int port) {
        this.script = script;
        try {
            listener = new ServerSocket(port, 200, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Starts a server that reads a ClientHello, sends bytes and closes the connection. */
    public static ScriptedServer sending(byte[] bytes) {
        return new ScriptedServer(connection -> {
            readAvailable(connection);
            connection.getOutputStream().write(bytes);
        });
    }

    /** Starts a server that reads but never responds. */
    public static ScriptedServer silent() {
        return silentAt("127.0.0.1");
    }

    /** Starts a server on a specific loopback address that reads but never responds. */
    public static ScriptedServer silentAt(String address) {
        return silentAt(address, 0);
    }

    /** Starts a server on a specific address and port that reads but never responds. */
    public static ScriptedServer silentAt(String address, int port) {
        ConnectionScript listen = connection -> {
            while (connection.getInputStream().read() >= 0) {
                // Discard.
            }
        };
        return new ScriptedServer(listen, address, port);
    }

    /** Starts a server that responds to a ClientHello with a TCP reset. */
    public static ScriptedServer resetting() {
        return new ScriptedServer(connection -> {
            readAvailable(connection);
            connection.setSoLinger(true, 0);
        });
    }

    /**
     * Reads the bytes of a ClientHello that have arrived.
     *
     * @throws IOException if the connection was closed without data
     */
    public static void readAvailable(Socket connection) throws IOException {
        byte[] buffer = new byte[4096];
        if (connection.getInputStream().read(buffer) < 0) {
            throw new IOException("the connection was closed without data");
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the number of connections accepted so far. */
    public int connectionCount() {
        return connectionCount.get();
    }

    /** Returns the number of open connections. */
    public int openConnectionCount() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connectionCount.incrementAndGet();
                open.add(connection);
                start(() -> serve(connection));
                if (listener.isClosed()) {
                    // The server was closed meanwhile and may have missed this connection.
                    close();
                }
            } catch (IOException e) {
                // The server was closed and the loop ends, or a single connection failed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.run(connection);
        } catch (IOException e) {
            // The client has disconnected.
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
