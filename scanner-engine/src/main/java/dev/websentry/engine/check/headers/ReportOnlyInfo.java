package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Reports whether the site sends a report-only Content Security Policy. */
final class ReportOnlyInfo implements Check {
    private static final String NAME = "Content-Security-Policy-Report-Only";
    private static final Definition DEFINITION = Definition.info("headers.csp-report-only", NAME, Category.HEADERS)
            .describe("A report-only policy reports what it would block, but blocks nothing.")
            .references("https://www.w3.org/TR/CSP3/#cspro-header")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        FinalDocument page = FinalDocument.of(seen);
        return Verdict.info(
                        page.headers().has(NAME)
                                ? "Sent: the policy only reports violations and enforces nothing."
                                : "Not sent.")
                .evidence(page.evidence(NAME));
    }
}
