package dev.websentry.engine.check.dns;

import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.dns.DnsAnswer;

/** Rejects DNS answers that do not tell definitely whether the records exist. */
final class Answered {
    private Answered() {}

    /**
     * Returns the answer if it is definite.
     *
     * @param question the query in words, such as {@code "MX example.com"}; used in the exception's message
     * @return the same answer
     * @throws UnknownObservation if the query failed or was not sent, so that nothing is known about the records
     */
    static DnsAnswer required(DnsAnswer answer, String question) {
        if (!answer.isKnown()) {
            throw new UnknownObservation(answer.status().phrase() + " for " + question);
        }
        return answer;
    }
}
