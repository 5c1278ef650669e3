package dev.websentry.engine.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tracks the open sockets of one scan. Closing the registry closes all of them and rejects new ones. Thread-safe. */
final class SocketRegistry implements AutoCloseable {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Registers a socket that is about to connect.
     *
     * @param socket the socket
     * @throws SocketException if the registry is closed; the socket is closed as well
     */
    void add(Socket socket) throws IOException {
        sockets.add(socket);
        if (closed) {
            socket.close();
            throw new SocketException("the scan has ended");
        }
    }

    /** Removes a socket that was closed. */
    void remove(Socket socket) {
        sockets.remove(socket);
    }

    @Override
    public void close() {
        closed = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // The socket is unusable in any case.
            }
        }
    }
}
