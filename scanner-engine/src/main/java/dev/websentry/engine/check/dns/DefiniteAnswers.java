package dev.websentry.engine.check.dns;

import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.dns.DnsAnswer;

/** Rejects DNS answers that do not tell definitely whether the records exist. */
final class DefiniteAnswers {
    private DefiniteAnswers() {}

    /**
     * Returns the answer if it is definite.
     *
     * @param question the query in words, such as {@code "MX example.com"}; used in the exception's message
     * @return the same answer
     * @throws UnobservedException if the query failed or was not sent, so that nothing is known about the records
     */
    static DnsAnswer require(DnsAnswer answer, String question) {
        if (!answer.isDefinite()) {
            throw new UnobservedException(answer.status().description() + " for " + question);
        }
        return answer;
    }
}
