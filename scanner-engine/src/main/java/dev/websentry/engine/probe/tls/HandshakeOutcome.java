package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.tls.HandshakeReply;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.util.Optional;

/** The outcome of one connection on which one ClientHello was sent. */
sealed interface HandshakeOutcome {
    /**
     * The server replied or closed the connection.
     *
     * @param reply the reply
     */
    record ReplyReceived(HandshakeReply reply) implements HandshakeOutcome {}

    /**
     * The connection failed or the server did not reply in time, so that nothing is known about what it supports.
     *
     * @param failure the failure
     */
    record NoReply(Failure failure) implements HandshakeOutcome {}

    /**
     * Returns the server's first flight.
     *
     * @return the flight; empty if the server refused the handshake; unknown if it did not reply
     */
    default Observation<Optional<ServerFlight>> serverFlight() {
        if (this instanceof NoReply unanswered) {
            return Observation.unknown(unanswered.failure().detail());
        }
        HandshakeReply reply = ((ReplyReceived) this).reply();
        return Observation.seen(
                reply instanceof HandshakeReply.ServerFlightReceived answered
                        ? Optional.of(answered.flight())
                        : Optional.empty());
    }
}
