package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;

/** Reports headers that browsers no longer support. */
final class ObsoleteHeadersInfo implements Check {
    private static final List<String> OBSOLETE = List.of(
            "Expect-CT",
            "Public-Key-Pins",
            "Public-Key-Pins-Report-Only",
            "Feature-Policy",
            "P3P",
            "X-Content-Security-Policy",
            "X-WebKit-CSP",
            "X-Download-Options");
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "headers.obsolete", "Obsolete Headers", CheckCategory.HEADERS)
            .description("Headers that browsers no longer support only add bytes and a false sense of security.")
            .references("https://owasp.org/www-project-secure-headers/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        FinalResponse page = FinalResponse.of(seen);
        List<String> sent =
                OBSOLETE.stream().filter(name -> page.headers().has(name)).toList();
        return CheckVerdict.info(
                        sent.isEmpty() ? "No obsolete header is sent." : "Remove " + String.join(", ", sent) + ".")
                .evidence(sent.stream()
                        .flatMap(name -> page.headerEvidence(name).stream())
                        .limit(12)
                        .toList());
    }
}
