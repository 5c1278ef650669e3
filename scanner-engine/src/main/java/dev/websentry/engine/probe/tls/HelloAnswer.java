package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.tls.ServerFlight;
import dev.websentry.engine.syntax.tls.ServerReply;
import java.util.Optional;

/** What one connection with one hello came to. */
sealed interface HelloAnswer {
    /** The server said something, if only by hanging up. */
    record Replied(ServerReply reply) implements HelloAnswer {}

    /** No connection, or no answer in time: says nothing of what the server supports. */
    record Unanswered(Failure failure) implements HelloAnswer {}

    /** The first flight; empty when the server refused; unknown when there was no answer. */
    default Observed<Optional<ServerFlight>> flight() {
        if (this instanceof Unanswered unanswered) {
            return Observed.unknown(unanswered.failure().detail());
        }
        ServerReply reply = ((Replied) this).reply();
        return Observed.seen(
                reply instanceof ServerReply.Answered answered ? Optional.of(answered.flight()) : Optional.empty());
    }
}
