package dev.websentry.engine.observe;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the DNS said of the host and its mail domain.
 *
 * @param subject which names were asked about
 * @param answers every question that was asked, with what came of it
 * @param validation of the host's address by DNSSEC; unknown where the public DNS has no say
 * @param mtaStsPolicy the policy file that an MTA-STS record announces; empty when there is no such record
 */
public record DnsObservations(
        DnsSubject subject,
        Map<DnsQuestion, DnsAnswer> answers,
        Observed<DnsValidation> validation,
        Observed<Optional<Exchange>> mtaStsPolicy)
        implements DnsLookup {

    public DnsObservations {
        answers = Map.copyOf(answers);
    }

    /** For a host without a place in the public DNS, and before anything was asked. */
    public static DnsObservations nothingAsked(DnsSubject subject) {
        return new DnsObservations(
                subject,
                new LinkedHashMap<>(),
                Observed.unknown("the DNS was not asked"),
                Observed.unknown("the DNS was not asked"));
    }

    @Override
    public DnsAnswer answer(DnsQuestion question) {
        return answers.getOrDefault(question, DnsAnswer.NOT_ASKED);
    }
}
