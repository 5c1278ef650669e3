package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.spf.SpfAssessment;
import dev.websentry.engine.syntax.spf.SpfWalk;
import java.util.Optional;

/** Checks whether an SPF record names the servers that may send mail for the domain (RFC 7208). */
public final class SpfCheck implements Check {
    /** Maximum length of the lookup tree that a verdict shows, in characters. */
    private static final int MAX_TREE_LENGTH = 200;

    private static final Definition DEFINITION = Definition.of("dns.spf", "SPF", Category.DNS, 3)
            .describe("One SPF record names the servers that send the domain's mail, ends in -all or ~all, and stays"
                    + " within the limits of RFC 7208.")
            .remedy(Remediation.of(
                            "Publish exactly one TXT record at the mail domain that begins with v=spf1, lists every"
                                    + " sender and ends in -all or ~all. Receivers treat a record as invalid"
                                    + " (permerror) if it has a syntax error, more than 10 terms that cause DNS lookups, or more"
                                    + " than 2 lookups without a result (void lookups).")
                    .with(
                            "DNS zone, the domain sends mail",
                            "@  IN TXT \"v=spf1 mx include:_spf.provider.example -all\"")
                    .with("DNS zone, the domain sends no mail", "@  IN TXT \"v=spf1 -all\""))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc7208#section-3.2",
                    "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.ofMailDomain(seen, domain -> judge(seen, domain));
    }

    private static Verdict judge(Observations seen, String domain) {
        SpfAssessment spf = SpfWalk.assess(domain, seen.dns());
        return verdict(seen, domain, spf).evidence(Evidence.of(spf.seen()));
    }

    private static Verdict verdict(Observations seen, String domain, SpfAssessment spf) {
        // A definite error stays an error, whatever the missing answers would contain.
        if (!spf.errors().isEmpty()) {
            return Verdict.fail(Evidence.shortened(
                    String.join("; ", spf.errors().stream().limit(3).toList()), Evidence.LONGEST));
        }
        if (spf.open().isPresent()) {
            return Verdict.fail("any server may send mail for the domain: "
                    + Evidence.shortened(spf.open().get(), MAX_TREE_LENGTH));
        }
        if (spf.unknown().isPresent()) {
            throw new UnknownObservation(spf.unknown().get());
        }
        if (spf.records().isEmpty()) {
            return missing(seen, domain);
        }
        String cost = spf.lookups() + " of " + SpfAssessment.MOST_LOOKUPS + " lookups"
                + (spf.tree().isEmpty() ? "" : ": " + Evidence.shortened(spf.tree(), MAX_TREE_LENGTH));
        Optional<Character> all = spf.all();
        if (all.isEmpty()) {
            return Verdict.warn("no all mechanism: the result for unlisted senders is neutral; " + cost);
        }
        if (all.get() == '?') {
            return Verdict.warn("?all: the result for unlisted senders is neutral; " + cost);
        }
        return spf.pointer()
                ? Verdict.warn("uses ptr, which receivers may ignore (RFC 7208 section 5.5); " + cost)
                : Verdict.pass(all.get() + "all, " + cost);
    }

    private static Verdict missing(Observations seen, String domain) {
        DmarcDiscovery dmarc = DmarcDiscovery.discover(domain, seen.dns());
        if (dmarc.unknown().isPresent()) {
            throw new UnknownObservation("no SPF record, and the DMARC policy that could compensate for it is unknown: "
                    + dmarc.unknown().get());
        }
        return dmarc.rejects()
                ? Verdict.warn(domain + " has no SPF record, but its DMARC policy is reject")
                : Verdict.fail(domain + " has no SPF record");
    }
}
