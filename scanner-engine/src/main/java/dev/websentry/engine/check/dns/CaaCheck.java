package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.caa.CaaRecord;
import dev.websentry.engine.syntax.caa.RelevantCaaRecords;
import java.util.List;
import java.util.Optional;

/** Checks whether CAA records restrict which CAs may issue certificates for the host (RFC 8659). */
public final class CaaCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored("dns.caa", "CAA", CheckCategory.DNS, 1)
            .description("CAA records restrict which certification authorities may issue certificates for the host.")
            .remediation(Remediation.of(
                            "Publish a CAA record that names your certification authority. A CA uses the CAA records"
                                    + " of the host or, if it has none, of its nearest parent domain that has some, so"
                                    + " one record set at the domain covers all hosts.")
                    .withConfig("DNS zone", "@  IN CAA 0 issue \"letsencrypt.org\""))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc8659#section-3",
                    "https://www.rfc-editor.org/rfc/rfc8659#section-4")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.forHost(seen, host -> judge(RelevantCaaRecords.find(host, seen.dns()), host));
    }

    private static CheckVerdict judge(RelevantCaaRecords climb, String host) {
        if (climb.unknownReason().isPresent()) {
            throw new UnobservedException(climb.unknownReason().get());
        }
        if (climb.domain().isEmpty()) {
            return CheckVerdict.warn(
                    "no CAA record at " + host + " or any parent domain: every CA may issue certificates");
        }
        String name = climb.domain().get();
        return judge(climb.records(), name)
                .evidence(DnsEvidence.limit(climb.records().stream()
                        .map(record -> name + ": " + record)
                        .toList()));
    }

    private static CheckVerdict judge(List<CaaRecord> records, String name) {
        Optional<String> problem = records.stream()
                .flatMap(record -> record.validationError().stream())
                .findFirst();
        if (problem.isPresent()) {
            return CheckVerdict.fail("CAA record at " + name + ": " + Excerpt.of(problem.get(), 120));
        }
        List<String> issuers = records.stream()
                .filter(CaaRecord::restrictsIssuance)
                .map(record -> record.tag() + " " + (record.value().isBlank() ? ";" : record.value()))
                .toList();
        Optional<CaaRecord> unusable =
                records.stream().filter(CaaRecord::isIodefWithoutUrl).findFirst();
        if (unusable.isPresent() && !issuers.isEmpty()) {
            return CheckVerdict.warn(
                    "CAA record at " + name + ": iodef is not a mailto, http or https URL, so CAs cannot" + " report: '"
                            + Excerpt.of(unusable.get().value(), 80) + "'");
        }
        return issuers.isEmpty()
                ? CheckVerdict.warn("the CAA records at " + name
                        + " have no issue or issuewild tag: every CA may issue certificates")
                : CheckVerdict.pass("CAA records at " + name + ": " + Excerpt.of(String.join(", ", issuers), 200));
    }
}
