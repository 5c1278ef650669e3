package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.spf.SpfAuthorizedShare;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import dev.websentry.engine.syntax.spf.SpfResult;
import java.util.Optional;

/** Checks whether an SPF record names the servers that may send mail for the domain (RFC 7208). */
public final class SpfCheck implements Check {
    /** Maximum length of the lookup tree that a verdict shows, in characters. */
    private static final int MAX_TREE_LENGTH = 200;

    /** Half of all addresses belong to no organization: such a record authorizes practically everyone. */
    private static final double MAX_SHARE = 0.5;
    /** No organization holds as much as a sixteenth of all addresses. */
    private static final double MAX_PLAUSIBLE_SHARE = 1.0 / 16;

    private static final CheckDefinition DEFINITION = CheckDefinition.scored("dns.spf", "SPF", CheckCategory.DNS, 3)
            .description("One SPF record names the servers that send the domain's mail, ends in -all or ~all, and stays"
                    + " within the limits of RFC 7208.")
            .remediation(Remediation.of(
                            "Publish exactly one TXT record at the mail domain that begins with v=spf1, lists every"
                                    + " sender and ends in -all or ~all. Receivers treat a record as invalid"
                                    + " (permerror) if it has a syntax error, more than 10 terms that cause DNS lookups, or more"
                                    + " than 2 lookups without a result (void lookups).")
                    .withConfig(
                            "DNS zone, the domain sends mail",
                            "@  IN TXT \"v=spf1 mx include:_spf.provider.example -all\"")
                    .withConfig("DNS zone, the domain sends no mail", "@  IN TXT \"v=spf1 -all\""))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc7208#section-3.2",
                    "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.forMailDomain(seen, domain -> judge(seen, domain));
    }

    private static CheckVerdict judge(ScanObservations seen, String domain) {
        SpfResult spf = SpfEvaluator.evaluate(domain, seen.dns());
        return verdict(seen, domain, spf).evidence(DnsEvidence.limit(spf.recordsRead()));
    }

    private static CheckVerdict verdict(ScanObservations seen, String domain, SpfResult spf) {
        // A definite error stays an error, whatever the missing answers would contain.
        if (!spf.errors().isEmpty()) {
            return CheckVerdict.fail(Excerpt.evidenceLine(
                    String.join("; ", spf.errors().stream().limit(3).toList())));
        }
        if (spf.passAllTerm().isPresent()) {
            return CheckVerdict.fail("any server may send mail for the domain: "
                    + Excerpt.of(spf.passAllTerm().get(), MAX_TREE_LENGTH));
        }
        double share = Math.max(spf.share().ipv4(), spf.share().ipv6());
        if (share >= MAX_SHARE) {
            return CheckVerdict.fail(
                    "the networks of the record include practically everyone: it " + authorized(spf.share()));
        }
        if (spf.unknownReason().isPresent()) {
            throw new UnobservedException(spf.unknownReason().get());
        }
        if (spf.ownRecords().isEmpty()) {
            return missing(seen, domain);
        }
        String cost = spf.lookups() + " of " + SpfResult.MAX_LOOKUPS + " lookups"
                + (spf.lookupTree().isEmpty() ? "" : ": " + Excerpt.of(spf.lookupTree(), MAX_TREE_LENGTH));
        Optional<Character> all = spf.allQualifier();
        if (all.isEmpty()) {
            return CheckVerdict.warn("no all mechanism: the result for unlisted senders is neutral; " + cost);
        }
        if (all.get() == '?') {
            return CheckVerdict.warn("?all: the result for unlisted senders is neutral; " + cost);
        }
        if (share >= MAX_PLAUSIBLE_SHARE) {
            return CheckVerdict.warn(
                    "the networks of the record are very large: it " + authorized(spf.share()) + "; " + cost);
        }
        return spf.usesPtr()
                ? CheckVerdict.warn("uses ptr, which receivers may ignore (RFC 7208 section 5.5); " + cost)
                : CheckVerdict.pass(all.get() + "all, " + cost);
    }

    private static String authorized(SpfAuthorizedShare share) {
        return share.ipv4() >= share.ipv6()
                ? "authorizes " + percent(share.ipv4()) + " of all IPv4 addresses"
                : "authorizes " + percent(share.ipv6()) + " of all global unicast IPv6 addresses (2000::/3)";
    }

    /** Rounds down, so that only all addresses are 100 %. */
    private static String percent(double share) {
        return (int) Math.floor(100 * share) + " %";
    }

    private static CheckVerdict missing(ScanObservations seen, String domain) {
        DmarcDiscovery dmarc = DmarcDiscovery.discover(domain, seen.dns());
        if (dmarc.unknownReason().isPresent()) {
            throw new UnobservedException(
                    "no SPF record, and the DMARC policy that could compensate for it is unknown: "
                            + dmarc.unknownReason().get());
        }
        return dmarc.rejects()
                ? CheckVerdict.warn(domain + " has no SPF record, but its DMARC policy is reject")
                : CheckVerdict.fail(domain + " has no SPF record");
    }
}
