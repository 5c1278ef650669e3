package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Two networks on loopback with the same port. {@link #PUBLIC_ADDRESS} stands for the Internet and has a site; 127.0.0.1 and ::1
 * stand for the server's internal network and have listeners that must never receive a connection. Since the port is
 * the same, only the address of a name decides which network a connection reaches.
 */
public final class PublicAndInternalNetwork implements AutoCloseable {
    public static final String PUBLIC_ADDRESS = "127.0.0.2";

    private static final int ATTEMPTS = 20;

    private final TestSite site;
    private final List<ScriptedServer> inside;

    private PublicAndInternalNetwork(TestSite site, List<ScriptedServer> inside) {
        this.site = site;
        this.inside = inside;
    }

    /** @param open starts a site at {@link #PUBLIC_ADDRESS} on a free port */
    public static PublicAndInternalNetwork create(Supplier<TestSite> open) {
        for (int attempt = 1; ; attempt++) {
            TestSite site = open.get();
            try {
                return new PublicAndInternalNetwork(site, listen(site.port()));
            } catch (UncheckedIOException e) {
                // Another process uses the port of the internal network.
                site.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Listens at a port of 127.0.0.1 and ::1.
     *
     * @throws UncheckedIOException if the port is in use
     */
    public static List<ScriptedServer> listen(int port) {
        List<ScriptedServer> listeners = new ArrayList<>();
        try {
            for (String address : List.of("127.0.0.1", "::1")) {
                listeners.add(ScriptedServer.silentAt(address, port));
            }
        } catch (UncheckedIOException e) {
            listeners.forEach(ScriptedServer::close);
            throw e;
        }
        return List.copyOf(listeners);
    }

    public int port() {
        return site.port();
    }

    /** Returns the number of requests that the site received. */
    public int requestCount() {
        return site.requestCount();
    }

    /** Asserts that the internal network received no connection. */
    public void assertNoInternalConnections() {
        assertEquals(
                0,
                inside.stream().mapToInt(ScriptedServer::connectionCount).sum(),
                "connections to the internal network");
    }

    @Override
    public void close() {
        site.close();
        inside.forEach(ScriptedServer::close);
    }
}
