package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Two networks on loopback, and one port in both. {@link #OPEN} plays the Internet, where a site is; 127.0.0.1 and ::1 play
 * the server's own network, where somebody listens who must never hear anything. Since the port is one, it is the address of a
 * name alone that decides where a connection goes.
 */
public final class TwoNetworks implements AutoCloseable {
    public static final String OPEN = "127.0.0.2";

    private static final int ATTEMPTS = 20;

    private final TestSite site;
    private final List<ScriptedServer> inside;

    private TwoNetworks(TestSite site, List<ScriptedServer> inside) {
        this.site = site;
        this.inside = inside;
    }

    /** @param open makes a site at {@link #OPEN}, at any port */
    public static TwoNetworks around(Supplier<TestSite> open) {
        for (int attempt = 1; ; attempt++) {
            TestSite site = open.get();
            try {
                return new TwoNetworks(site, listen(site.port()));
            } catch (UncheckedIOException e) {
                // Somebody else has that port inside.
                site.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Listens at this port of 127.0.0.1 and ::1.
     *
     * @throws UncheckedIOException when it is taken
     */
    public static List<ScriptedServer> listen(int port) {
        List<ScriptedServer> listening = new ArrayList<>();
        try {
            for (String address : List.of("127.0.0.1", "::1")) {
                listening.add(ScriptedServer.silentAt(address, port));
            }
        } catch (UncheckedIOException e) {
            listening.forEach(ScriptedServer::close);
            throw e;
        }
        return List.copyOf(listening);
    }

    public int port() {
        return site.port();
    }

    /** How many requests the site in the open network had. */
    public int requests() {
        return site.requestCount();
    }

    public void assertNobodyCameInside() {
        assertEquals(
                0, inside.stream().mapToInt(ScriptedServer::connections).sum(), "connections to the inner network");
    }

    @Override
    public void close() {
        site.close();
        inside.forEach(ScriptedServer::close);
    }
}
