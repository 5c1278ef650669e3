package dev.websentry.engine.check.dns;

import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.dns.DnsAnswer;

/** Takes sure answers only. */
final class Answered {
    private Answered() {}

    /** @throws UnknownObservation when it does not say for sure what is there */
    static DnsAnswer required(DnsAnswer answer, String question) {
        if (!answer.isKnown()) {
            throw new UnknownObservation(answer.status().phrase() + " for " + question);
        }
        return answer;
    }
}
