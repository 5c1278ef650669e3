package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** Reports whether the site sends a report-only Content Security Policy. */
final class CspReportOnlyInfo implements Check {
    private static final String NAME = "Content-Security-Policy-Report-Only";
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "headers.csp-report-only", NAME, CheckCategory.HEADERS)
            .description("A report-only policy reports what it would block, but blocks nothing.")
            .references("https://www.w3.org/TR/CSP3/#cspro-header")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        FinalResponse page = FinalResponse.of(seen);
        return CheckVerdict.info(
                        page.headers().has(NAME)
                                ? "Sent: the policy only reports violations and enforces nothing."
                                : "Not sent.")
                .evidence(page.headerEvidence(NAME));
    }
}
