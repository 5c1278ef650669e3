package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.caa.CaaClimb;
import dev.websentry.engine.syntax.caa.CaaRecord;
import java.util.List;
import java.util.Optional;

/** Checks whether CAA records restrict which CAs may issue certificates for the host (RFC 8659). */
public final class CaaCheck implements Check {
    private static final Definition DEFINITION = Definition.of("dns.caa", "CAA", Category.DNS, 1)
            .describe("CAA records restrict which certification authorities may issue certificates for the host.")
            .remedy(Remediation.of(
                            "Publish a CAA record that names your certification authority. A CA uses the CAA records"
                                    + " of the host or, if it has none, of its nearest parent domain that has some, so"
                                    + " one record set at the domain covers all hosts.")
                    .with("DNS zone", "@  IN CAA 0 issue \"letsencrypt.org\""))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc8659#section-3",
                    "https://www.rfc-editor.org/rfc/rfc8659#section-4")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.ofHost(seen, host -> judge(CaaClimb.climb(host, seen.dns()), host));
    }

    private static Verdict judge(CaaClimb climb, String host) {
        if (climb.unknown().isPresent()) {
            throw new UnknownObservation(climb.unknown().get());
        }
        if (climb.name().isEmpty()) {
            return Verdict.warn("no CAA record at " + host + " or any parent domain: every CA may issue certificates");
        }
        String name = climb.name().get();
        return judge(climb.records(), name)
                .evidence(Evidence.of(climb.records().stream()
                        .map(record -> name + ": " + record)
                        .toList()));
    }

    private static Verdict judge(List<CaaRecord> records, String name) {
        Optional<String> problem =
                records.stream().flatMap(record -> record.complaint().stream()).findFirst();
        if (problem.isPresent()) {
            return Verdict.fail("CAA record at " + name + ": " + Evidence.shortened(problem.get(), 120));
        }
        List<String> issuers = records.stream()
                .filter(CaaRecord::limitsIssuance)
                .map(record -> record.tag() + " " + (record.value().isBlank() ? ";" : record.value()))
                .toList();
        return issuers.isEmpty()
                ? Verdict.warn("the CAA records at " + name
                        + " have no issue or issuewild tag: every CA may issue certificates")
                : Verdict.pass("CAA records at " + name + ": " + Evidence.shortened(String.join(", ", issuers), 200));
    }
}
