package dev.websentry.engine.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of one scan that are not yet closed. Closing it closes them, and every later one. Thread-safe. */
final class OpenSockets implements AutoCloseable {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @throws SocketException when no more are to be opened */
    void add(Socket socket) throws IOException {
        sockets.add(socket);
        if (closed) {
            socket.close();
            throw new SocketException("the scan is over");
        }
    }

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
                // Gone either way.
            }
        }
    }
}
