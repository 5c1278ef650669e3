package dev.websentry.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers that need to know their port before they start, or that use it again. */
public final class FreePort {
    private static final int MIN_PORT = 20_000;
    /** Operating systems choose higher ports for outgoing connections and for servers that accept any port. */
    private static final int MAX_PORT = 32_000;

    private static final int MAX_ATTEMPTS = 100;

    private FreePort() {}

    /**
     * Returns a port of 127.0.0.1 that is free and that no connection or server of another test gets by chance.
     *
     * @throws IllegalStateException if none was found
     */
    public static int find() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return free.getLocalPort();
            } catch (IOException e) {
                // It is in use.
            }
        }
        throw new IllegalStateException("no port from " + MIN_PORT + " to " + MAX_PORT + " is free");
    }
}
