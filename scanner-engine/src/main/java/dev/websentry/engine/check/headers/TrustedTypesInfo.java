package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** Reports whether an enforced policy requires Trusted Types. */
final class TrustedTypesInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "headers.trusted-types", "Trusted Types", CheckCategory.HEADERS)
            .description(
                    "require-trusted-types-for 'script' protects the injection sinks that DOM-based XSS relies on.")
            .references("https://www.w3.org/TR/trusted-types/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        boolean required = EnforcedCsp.of(FinalResponse.of(seen))
                .anyMatch(policy -> policy.directive("require-trusted-types-for")
                        .filter(list -> list.hasKeyword("'script'"))
                        .isPresent());
        return CheckVerdict.info(required ? "Required for scripts." : "Not required.");
    }
}
