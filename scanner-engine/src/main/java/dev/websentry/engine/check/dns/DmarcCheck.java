package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dmarc.DmarcRecord;
import dev.websentry.engine.syntax.dmarc.DmarcRecord.Policy;
import java.util.ArrayList;
import java.util.List;

/** Checks whether DMARC asks receivers to quarantine or reject mail that forges the domain (RFC 9989). */
public final class DmarcCheck implements Check {
    private static final Definition DEFINITION = Definition.of("dns.dmarc", "DMARC", Category.DNS, 3)
            .describe("A DMARC policy of quarantine or reject applies to the domain and to its subdomains.")
            .remedy(Remediation.of("Publish one TXT record at _dmarc of the mail domain with p=reject or p=quarantine."
                            + " Start with p=none and evaluate the reports until all of your own mail passes. If"
                            + " reports go to a host of another organization, that host has to authorize them in its"
                            + " DNS.")
                    .with("DNS zone", "_dmarc  IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc-reports@example.com\"")
                    .with(
                            "DNS zone of another organization that receives the reports",
                            "example.com._report._dmarc  IN TXT \"v=DMARC1\""))
            .references("https://www.rfc-editor.org/rfc/rfc9989#section-4.10", "https://www.rfc-editor.org/rfc/rfc9990")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.ofMailDomain(seen, domain -> judge(DmarcDiscovery.discover(domain, seen.dns())));
    }

    private static Verdict judge(DmarcDiscovery dmarc) {
        if (dmarc.unknown().isPresent()) {
            throw new UnknownObservation(dmarc.unknown().get());
        }
        if (dmarc.own().size() > 1) {
            return Verdict.fail("_dmarc." + dmarc.domain() + " has "
                            + dmarc.own().size() + " DMARC records: receivers discard all of them")
                    .evidence(Evidence.of(dmarc.own()));
        }
        if (dmarc.found().isEmpty()) {
            return Verdict.fail("no DMARC record for " + dmarc.domain());
        }
        DmarcDiscovery.Found found = dmarc.found().get();
        return judge(dmarc, found.record())
                .evidence(Evidence.of(
                        List.of("_dmarc." + found.name() + ": " + found.record().text())));
    }

    private static Verdict judge(DmarcDiscovery dmarc, DmarcRecord record) {
        // RFC 9989 section 4.10.1: a record without a valid policy counts only if it has a report address, and then as
        // p=none.
        if (!record.hasReportUri()) {
            if (record.invalidPolicy().isPresent()) {
                return Verdict.fail(Evidence.shortened(record.invalidPolicy().get(), 60)
                        + " is not a valid policy: receivers ignore the record");
            }
            if (record.tags().get("p").isEmpty()) {
                return Verdict.fail("the record has neither p nor a report address (rua): receivers ignore it");
            }
        }
        List<String> weak = weaknesses(dmarc, record);
        if (!weak.isEmpty()) {
            return Verdict.warn(Evidence.shortened(String.join("; ", weak), Evidence.LONGEST));
        }
        if (dmarc.restUnknown().isPresent()) {
            throw new UnknownObservation(dmarc.restUnknown().get());
        }
        String where = dmarc.isOwn()
                ? ""
                : ", inherited from " + dmarc.found().orElseThrow().name();
        return Verdict.pass(dmarc.forDomain() + " for the domain, " + dmarc.forSubdomains() + " for subdomains, "
                + dmarc.forMissingSubdomains() + " for nonexistent subdomains" + where);
    }

    private static List<String> weaknesses(DmarcDiscovery dmarc, DmarcRecord record) {
        List<String> weak = new ArrayList<>();
        record.invalidPolicy()
                .ifPresent(tag ->
                        weak.add(Evidence.shortened(tag, 60) + " is not a valid policy: receivers apply p=none"));
        if (record.tags().get("p").isEmpty()) {
            weak.add("p is missing: receivers apply p=none");
        } else if (dmarc.forDomain() == Policy.NONE && weak.isEmpty()) {
            weak.add("the policy for the domain is \"none\": receivers do not quarantine or reject mail");
        }
        if (dmarc.forDomain() != Policy.NONE && dmarc.forSubdomains() == Policy.NONE) {
            weak.add(
                    subdomainsUseSameRecord(dmarc)
                            ? "sp=none: subdomains are not protected"
                            : "subdomains inherit the policy of "
                                    + dmarc.below().orElseThrow().name() + ", which is \"none\" for them");
        }
        if (dmarc.forDomain() != Policy.NONE
                && dmarc.forSubdomains() != Policy.NONE
                && dmarc.forMissingSubdomains() == Policy.NONE) {
            weak.add("np=none: nonexistent subdomains are not protected");
        }
        if (record.testing()) {
            weak.add("t=y: the policy is in test mode");
        }
        if (record.percent() < 100) {
            weak.add("pct=" + record.percent()
                    + ": older receivers (RFC 7489) apply the policy to only a part of the mail");
        }
        if (!subdomainsUseSameRecord(dmarc)
                && dmarc.below().orElseThrow().record().testing()) {
            weak.add("subdomains inherit the policy of "
                    + dmarc.below().orElseThrow().name() + ", which is in test mode (t=y)");
        }
        dmarc.unauthorised()
                .forEach(host -> weak.add("reports go to " + host + ", which does not authorize them in its DNS"));
        return weak;
    }

    private static boolean subdomainsUseSameRecord(DmarcDiscovery dmarc) {
        return dmarc.below().equals(dmarc.found());
    }
}
