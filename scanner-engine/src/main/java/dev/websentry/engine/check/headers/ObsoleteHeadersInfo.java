package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
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
    private static final Definition DEFINITION = Definition.info(
                    "headers.obsolete", "Obsolete Headers", Category.HEADERS)
            .describe("Headers that browsers no longer support only add bytes and a false sense of security.")
            .references("https://owasp.org/www-project-secure-headers/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        FinalDocument page = FinalDocument.of(seen);
        List<String> sent =
                OBSOLETE.stream().filter(name -> page.headers().has(name)).toList();
        return Verdict.info(sent.isEmpty() ? "No obsolete header is sent." : "Remove " + String.join(", ", sent) + ".")
                .evidence(sent.stream()
                        .flatMap(name -> page.evidence(name).stream())
                        .limit(12)
                        .toList());
    }
}
