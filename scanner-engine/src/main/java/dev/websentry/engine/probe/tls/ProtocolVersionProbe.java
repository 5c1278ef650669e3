package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.tls.HandshakeReply;
import dev.websentry.engine.syntax.tls.ProtocolVersion;

/** Determines whether a server accepts a protocol version. */
final class ProtocolVersionProbe {
    private final HandshakeClient client;
    private final ClientHelloTemplates hellos;

    /** Creates a probe for one address. */
    ProtocolVersionProbe(HandshakeClient client, ClientHelloTemplates hellos) {
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
    HandshakeOutcome probe(ProtocolVersion version) {
        HandshakeOutcome first = client.send(hellos.forVersion(version, false));
        boolean refused = first instanceof HandshakeOutcome.ReplyReceived replied
                && replied.reply() instanceof HandshakeReply.HandshakeRefused;
        return refused ? client.send(hellos.forVersion(version, true)) : first;
    }

    /**
     * Returns whether a handshake accepted a version.
     *
     * @param version the offered version
     * @param answer the outcome of the handshake
     * @return true if the server sent a ServerHello or HelloRetryRequest with this version; unknown if it did not reply
     */
    static Observation<Boolean> isAccepted(ProtocolVersion version, HandshakeOutcome answer) {
        return answer.serverFlight()
                .map(flight -> flight.isPresent() && flight.get().hello().version() == version.code());
    }
}
