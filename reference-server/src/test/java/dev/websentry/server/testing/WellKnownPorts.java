package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Listeners at 443 and 80 of both of the {@link TwoNetworks}, for what a scan asks at these ports whatever the site's own is.
 * Not everybody may listen there, and somebody else may be there already.
 */
public final class WellKnownPorts implements AutoCloseable {
    private final List<ScriptedServer> open = new ArrayList<>();
    private final List<ScriptedServer> inside = new ArrayList<>();

    public WellKnownPorts() {
        try {
            for (int port : List.of(443, 80)) {
                open.add(new ScriptedServer(ScriptedServer::readSome, TwoNetworks.OPEN, port));
                inside.addAll(TwoNetworks.listen(port));
            }
        } catch (UncheckedIOException e) {
            close();
            open.clear();
        }
    }

    public boolean areOurs() {
        return !open.isEmpty();
    }

    /** How many connections came to the open network. */
    public int connections() {
        return open.stream().mapToInt(ScriptedServer::connections).sum();
    }

    public void assertNobodyCameInside() {
        assertEquals(
                0,
                inside.stream().mapToInt(ScriptedServer::connections).sum(),
                "connections to the inner network at 443 and 80");
    }

    @Override
    public void close() {
        open.forEach(ScriptedServer::close);
        inside.forEach(ScriptedServer::close);
    }
}
