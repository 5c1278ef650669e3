package dev.websentry.server.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on loopback that can stop forwarding, while it keeps its connections open and accepts new ones. */
final class StallingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean stalled;

    private StallingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Starts a proxy to a port on loopback. */
    static StallingProxy to(int target) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        StallingProxy proxy = new StallingProxy(new ServerSocket(0, 50, loopback), target);
        run(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized void stall() {
        stalled = true;
    }

    synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    private synchronized void awaitPermission() throws IOException {
        try {
            while (stalled) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket("127.0.0.1", target);
            open.add(client);
            open.add(server);
            run(() -> copy(client, server));
            run(() -> copy(server, client));
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitPermission();
                out.write(buffer, 0, length);
            }
        }
    }

    private static void run(Action action) {
        Thread thread = new Thread(() -> {
            try {
                action.run();
            } catch (IOException e) {
                // One side has closed the connection.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        resume();
    }

    private interface Action {
        void run() throws IOException;
    }
}
