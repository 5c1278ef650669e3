package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.ServerFlight;
import dev.websentry.engine.syntax.tls.ServerReply;
import java.util.Optional;

/** The outcome of one connection on which one ClientHello was sent. */
sealed interface HelloAnswer {
    /**
     * The server replied or closed the connection.
     *
     * @param reply the reply
     */
    record Replied(ServerReply reply) implements HelloAnswer {}

    /**
     * The connection failed or the server did not reply in time, so that nothing is known about what it supports.
     *
     * @param failure the failure
     */
    record Unanswered(Failure failure) implements HelloAnswer {}

    /**
     * Returns the server's first flight.
     *
     * @return the flight; empty if the server refused the handshake; unknown if it did not reply
     */
    default Observed<Optional<ServerFlight>> flight() {
        if (this instanceof Unanswered unanswered) {
            return Observed.unknown(unanswered.failure().detail());
        }
        ServerReply reply = ((Replied) this).reply();
        return Observed.seen(
                reply instanceof ServerReply.Answered answered ? Optional.of(answered.flight()) : Optional.empty());
    }
}
