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
import dev.websentry.engine.syntax.dmarc.DmarcRecord;
import dev.websentry.engine.syntax.dmarc.DmarcRecord.DmarcPolicy;
import java.util.ArrayList;
import java.util.List;

/** Checks whether DMARC asks receivers to quarantine or reject mail that forges the domain (RFC 9989). */
public final class DmarcCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored("dns.dmarc", "DMARC", CheckCategory.DNS, 3)
            .description("A DMARC policy of quarantine or reject applies to the domain and to its subdomains.")
            .remediation(Remediation.of(
                            "Publish one TXT record at _dmarc of the mail domain with p=reject or p=quarantine."
                                    + " Start with p=none and evaluate the reports until all of your own mail passes. If"
                                    + " reports go to a host of another organization, that host has to authorize them in its"
                                    + " DNS.")
                    .withConfig(
                            "DNS zone", "_dmarc  IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc-reports@example.com\"")
                    .withConfig(
                            "DNS zone of another organization that receives the reports",
                            "example.com._report._dmarc  IN TXT \"v=DMARC1\""))
            .references("https://www.rfc-editor.org/rfc/rfc9989#section-4.10", "https://www.rfc-editor.org/rfc/rfc9990")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.forMailDomain(seen, domain -> judge(DmarcDiscovery.discover(domain, seen.dns())));
    }

    private static CheckVerdict judge(DmarcDiscovery dmarc) {
        if (dmarc.unknownReason().isPresent()) {
            throw new UnobservedException(dmarc.unknownReason().get());
        }
        if (dmarc.ownRecords().size() > 1) {
            return CheckVerdict.fail("_dmarc." + dmarc.domain() + " has "
                            + dmarc.ownRecords().size() + " DMARC records: receivers discard all of them")
                    .evidence(DnsEvidence.limit(dmarc.ownRecords()));
        }
        if (dmarc.domainRecord().isEmpty()) {
            return CheckVerdict.fail("no DMARC record for " + dmarc.domain());
        }
        DmarcDiscovery.LocatedDmarcRecord found = dmarc.domainRecord().get();
        return judge(dmarc, found.record())
                .evidence(DnsEvidence.limit(List.of(
                        "_dmarc." + found.domain() + ": " + found.record().text())));
    }

    private static CheckVerdict judge(DmarcDiscovery dmarc, DmarcRecord record) {
        if (record.duplicateTag().isPresent()) {
            return CheckVerdict.fail(
                    "the tag " + Excerpt.of(record.duplicateTag().get(), 60)
                            + " appears twice: the record is invalid (RFC 6376 section 3.2)");
        }
        // RFC 9989 section 4.10.1: a record without a valid policy counts only if it has a report address, and then as
        // p=none.
        if (!record.hasReportUri()) {
            if (record.invalidPolicyTag().isPresent()) {
                return CheckVerdict.fail(Excerpt.of(record.invalidPolicyTag().get(), 60)
                        + " is not a valid policy: receivers ignore the record");
            }
            if (record.tags().get("p").isEmpty()) {
                return CheckVerdict.fail("the record has neither p nor a report address (rua): receivers ignore it");
            }
        }
        List<String> weak = weaknesses(dmarc, record);
        if (!weak.isEmpty()) {
            return CheckVerdict.warn(Excerpt.evidenceLine(String.join("; ", weak)));
        }
        if (dmarc.detailsUnknownReason().isPresent()) {
            throw new UnobservedException(dmarc.detailsUnknownReason().get());
        }
        String where = dmarc.isOwnRecord()
                ? ""
                : ", inherited from " + dmarc.domainRecord().orElseThrow().domain();
        return CheckVerdict.pass(dmarc.domainPolicy() + " for the domain, " + dmarc.subdomainPolicy()
                + " for subdomains, " + dmarc.nonexistentSubdomainPolicy() + " for nonexistent subdomains" + where);
    }

    private static List<String> weaknesses(DmarcDiscovery dmarc, DmarcRecord record) {
        List<String> weak = new ArrayList<>();
        record.invalidPolicyTag()
                .ifPresent(tag -> weak.add(Excerpt.of(tag, 60) + " is not a valid policy: receivers apply p=none"));
        if (record.tags().get("p").isEmpty()) {
            weak.add("p is missing: receivers apply p=none");
        } else if (dmarc.domainPolicy() == DmarcPolicy.NONE && weak.isEmpty()) {
            weak.add("the policy for the domain is \"none\": receivers do not quarantine or reject mail");
        }
        if (dmarc.domainPolicy() != DmarcPolicy.NONE && dmarc.subdomainPolicy() == DmarcPolicy.NONE) {
            weak.add(
                    subdomainsUseSameRecord(dmarc)
                            ? "sp=none: subdomains are not protected"
                            : "subdomains inherit the policy of "
                                    + dmarc.subdomainRecord().orElseThrow().domain() + ", which is \"none\" for them");
        }
        if (dmarc.domainPolicy() != DmarcPolicy.NONE
                && dmarc.subdomainPolicy() != DmarcPolicy.NONE
                && dmarc.nonexistentSubdomainPolicy() == DmarcPolicy.NONE) {
            weak.add("np=none: nonexistent subdomains are not protected");
        }
        if (record.testMode()) {
            weak.add("t=y: the policy is in test mode");
        }
        if (record.percent() < 100) {
            weak.add("pct=" + record.percent()
                    + ": older receivers (RFC 7489) apply the policy to only a part of the mail");
        }
        if (!subdomainsUseSameRecord(dmarc)) {
            DmarcDiscovery.LocatedDmarcRecord parent = dmarc.subdomainRecord().orElseThrow();
            parent.record()
                    .duplicateTag()
                    .ifPresent(tag -> weak.add("subdomains inherit the policy of " + parent.domain()
                            + ", which is invalid: the tag " + Excerpt.of(tag, 60) + " appears twice"));
        }
        if (!subdomainsUseSameRecord(dmarc)
                && dmarc.subdomainRecord().orElseThrow().record().testMode()) {
            weak.add("subdomains inherit the policy of "
                    + dmarc.subdomainRecord().orElseThrow().domain() + ", which is in test mode (t=y)");
        }
        dmarc.unauthorizedReportHosts()
                .forEach(host -> weak.add("reports go to " + host + ", which does not authorize them in its DNS"));
        return weak;
    }

    private static boolean subdomainsUseSameRecord(DmarcDiscovery dmarc) {
        return dmarc.subdomainRecord().equals(dmarc.domainRecord());
    }
}
