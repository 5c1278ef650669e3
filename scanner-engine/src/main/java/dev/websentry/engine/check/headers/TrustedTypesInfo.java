package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Reports whether an enforced policy requires Trusted Types. */
final class TrustedTypesInfo implements Check {
    private static final Definition DEFINITION = Definition.info(
                    "headers.trusted-types", "Trusted Types", Category.HEADERS)
            .describe("require-trusted-types-for 'script' protects the injection sinks that DOM-based XSS relies on.")
            .references("https://www.w3.org/TR/trusted-types/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        boolean required = Policies.of(FinalDocument.of(seen))
                .any(policy -> policy.directive("require-trusted-types-for")
                        .filter(list -> list.hasKeyword("'script'"))
                        .isPresent());
        return Verdict.info(required ? "Required for scripts." : "Not required.");
    }
}
