package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Tells of the switch for a filter that browsers have removed because it opened holes of its own. */
final class XssProtectionInfo implements Check {
    private static final String NAME = "X-XSS-Protection";
    private static final Definition DEFINITION = Definition.info("headers.xss-protection", NAME, Category.HEADERS)
            .describe("Absent or 0: the filter it switches is gone, and where it is left it does harm.")
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
                        ? "Switched on, a bad sign: remove it or send 0."
                        : "Switched off or not understood, as it should be.")
                .orElse("Not sent, as it should be.");
        return Verdict.info(value).evidence(page.evidence(NAME));
    }
}
