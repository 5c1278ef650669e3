package dev.websentry.engine.syntax.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lookup that remembers which questions had no sure answer while one rule ran. Not thread-safe. */
public final class Unknowns implements DnsLookup {
    private final DnsLookup dns;
    private final List<String> reasons = new ArrayList<>();

    public Unknowns(DnsLookup dns) {
        this.dns = dns;
    }

    @Override
    public DnsAnswer answer(DnsQuestion question) {
        DnsAnswer answer = dns.answer(question);
        if (!answer.isKnown()) {
            reasons.add(reason(question, answer));
        }
        return answer;
    }

    /** Why the rule cannot be sure; empty when every question was answered. */
    public Optional<String> first() {
        return reasons.stream().findFirst();
    }

    /** A phrase that reads well after "Not checked: ". */
    public static String reason(DnsQuestion question, DnsAnswer answer) {
        return answer.status().phrase() + " for " + question;
    }
}
