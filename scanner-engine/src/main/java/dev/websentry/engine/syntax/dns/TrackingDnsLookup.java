package dev.websentry.engine.syntax.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lookup that notes the questions without a definite answer while one rule is evaluated. Not thread-safe. */
public final class TrackingDnsLookup implements DnsLookup {
    private final DnsLookup dns;
    private final List<String> reasons = new ArrayList<>();

    /** @param dns the lookup to delegate to */
    public TrackingDnsLookup(DnsLookup dns) {
        this.dns = dns;
    }

    @Override
    public DnsAnswer answer(DnsQuestion question) {
        DnsAnswer answer = dns.answer(question);
        if (!answer.isDefinite()) {
            reasons.add(describe(question, answer));
        }
        return answer;
    }

    /** Returns the reason why the result of the rule is unknown; empty if every answer was definite. */
    public Optional<String> unknownReason() {
        return reasons.stream().findFirst();
    }

    /** Returns the reason why an answer is not definite, as a phrase to follow "Not checked: ". */
    public static String describe(DnsQuestion question, DnsAnswer answer) {
        return answer.status().description() + " for " + question;
    }
}
