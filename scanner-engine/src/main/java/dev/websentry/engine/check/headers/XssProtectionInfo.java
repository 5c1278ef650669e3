package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** Reports the header that controls the XSS filter, which browsers removed because it introduced vulnerabilities. */
final class XssProtectionInfo implements Check {
    private static final String NAME = "X-XSS-Protection";
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "headers.xss-protection", NAME, CheckCategory.HEADERS)
            .description(
                    "The header is absent or 0: browsers have removed the XSS filter, and where it still exists, it"
                            + " is harmful.")
            .references("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-XSS-Protection")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        FinalResponse page = FinalResponse.of(seen);
        String value = page.headers()
                .first(NAME)
                .map(sent -> sent.strip().startsWith("1")
                        ? "The obsolete XSS filter is enabled: remove the header or send 0."
                        : "The XSS filter is disabled or the value is not recognized, as recommended.")
                .orElse("Not sent, as recommended.");
        return CheckVerdict.info(value).evidence(page.headerEvidence(NAME));
    }
}
