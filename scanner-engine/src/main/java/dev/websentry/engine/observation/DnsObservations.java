package dev.websentry.engine.observation;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The DNS observations of the host and its mail domain.
 *
 * @param subject the names that were queried
 * @param answers the answer to every question that was sent
 * @param validation the DNSSEC validation of the host's addresses; unknown for a host outside the public DNS
 * @param mtaStsPolicy the policy file that an MTA-STS record announces; empty if there is no such record
 */
public record DnsObservations(
        DnsScope subject,
        Map<DnsQuestion, DnsAnswer> answers,
        Observation<DnssecValidation> validation,
        Observation<Optional<HttpExchange>> mtaStsPolicy)
        implements DnsLookup {

    public DnsObservations {
        answers = Map.copyOf(answers);
    }

    /**
     * Returns observations without any answers: for a host outside the public DNS, or before the first query.
     *
     * @param subject the names that would be queried
     * @return the empty observations
     */
    public static DnsObservations notQueried(DnsScope subject) {
        return new DnsObservations(
                subject,
                new LinkedHashMap<>(),
                Observation.unknown("DNS was not queried"),
                Observation.unknown("DNS was not queried"));
    }

    @Override
    public DnsAnswer answer(DnsQuestion question) {
        return answers.getOrDefault(question, DnsAnswer.NOT_ASKED);
    }
}
