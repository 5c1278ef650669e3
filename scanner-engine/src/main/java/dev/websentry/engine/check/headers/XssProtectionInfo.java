package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Reports the header that controls the XSS filter, which browsers removed because it introduced vulnerabilities. */
final class XssProtectionInfo implements Check {
    private static final String NAME = "X-XSS-Protection";
    private static final Definition DEFINITION = Definition.info("headers.xss-protection", NAME, Category.HEADERS)
            .describe("The header is absent or 0: browsers have removed the XSS filter, and where it still exists, it"
                    + " is harmful.")
            .references("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-XSS-Protection")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        FinalDocument page = FinalDocument.of(seen);
        String value = page.headers()
                .first(NAME)
                .map(sent -> sent.strip().startsWith("1")
                        ? "The obsolete XSS filter is enabled: remove the header or send 0."
                        : "The XSS filter is disabled or the value is not recognized, as recommended.")
                .orElse("Not sent, as recommended.");
        return Verdict.info(value).evidence(page.evidence(NAME));
    }
}
