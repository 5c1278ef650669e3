package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Listeners at ports 443 and 80 of both {@link PublicAndInternalNetwork}, for requests that a scan sends to these ports whatever the
 * port of the site is. Binding these ports may require privileges, and another process may use them.
 */
public final class StandardPortListeners implements AutoCloseable {
    private final List<ScriptedServer> open = new ArrayList<>();
    private final List<ScriptedServer> inside = new ArrayList<>();

    public StandardPortListeners() {
        try {
            for (int port : List.of(443, 80)) {
                open.add(new ScriptedServer(
                        ScriptedServer::readAvailable, PublicAndInternalNetwork.PUBLIC_ADDRESS, port));
                inside.addAll(PublicAndInternalNetwork.listen(port));
            }
        } catch (UncheckedIOException e) {
            close();
            open.clear();
        }
    }

    /** Returns true if the ports could be bound. */
    public boolean areBound() {
        return !open.isEmpty();
    }

    /** Returns the number of connections to the allowed network. */
    public int publicConnectionCount() {
        return open.stream().mapToInt(ScriptedServer::connectionCount).sum();
    }

    /** Asserts that the internal network received no connection. */
    public void assertNoInternalConnections() {
        assertEquals(
                0,
                inside.stream().mapToInt(ScriptedServer::connectionCount).sum(),
                "connections to ports 443 and 80 of the internal network");
    }

    @Override
    public void close() {
        open.forEach(ScriptedServer::close);
        inside.forEach(ScriptedServer::close);
    }
}
