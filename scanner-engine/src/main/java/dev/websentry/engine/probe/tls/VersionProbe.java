package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerReply;

/** Determines whether a server accepts a protocol version. */
final class VersionProbe {
    private final HelloClient client;
    private final Hellos hellos;

    /** Creates a probe for one address. */
    VersionProbe(HelloClient client, Hellos hellos) {
        this.client = client;
        this.hellos = hellos;
    }

    /**
     * Offers a version. If the server refuses, a second ClientHello with other cipher suites or with a key share is
     * sent, because these may have been the reason.
     *
     * @param version the version to offer
     * @return the outcome of the last handshake
     */
    HelloAnswer ask(ProtocolVersion version) {
        HelloAnswer first = client.send(hellos.version(version, false));
        boolean refused =
                first instanceof HelloAnswer.Replied replied && replied.reply() instanceof ServerReply.Refused;
        return refused ? client.send(hellos.version(version, true)) : first;
    }

    /**
     * Returns whether a handshake accepted a version.
     *
     * @param version the offered version
     * @param answer the outcome of the handshake
     * @return true if the server sent a ServerHello or HelloRetryRequest with this version; unknown if it did not reply
     */
    static Observed<Boolean> accepted(ProtocolVersion version, HelloAnswer answer) {
        return answer.flight()
                .map(flight -> flight.isPresent() && flight.get().hello().version() == version.code());
    }
}
