package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.HeaderListValue;
import java.util.List;

/** Checks that {@code X-Content-Type-Options: nosniff} disables content type sniffing. */
final class ContentTypeOptionsCheck implements Check {
    private static final String NAME = "X-Content-Type-Options";
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.content-type-options", NAME, CheckCategory.HEADERS, 3)
            .description("Responses tell browsers not to guess a content type other than the declared one.")
            .remediation(HeaderRemediation.sendHeader(
                    "Send X-Content-Type-Options: nosniff with every response.",
                    NAME,
                    "nosniff",
                    "http.headers(headers -> headers.contentTypeOptions(Customizer.withDefaults()));"))
            .references("https://fetch.spec.whatwg.org/#x-content-type-options-header")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        FinalResponse page = FinalResponse.of(seen);
        return page.withCaveats(evaluate(page.headers().all(NAME))).evidence(page.headerEvidence(NAME));
    }

    /** Implements "determine nosniff" of the Fetch standard: only the first value applies. */
    private static CheckVerdict evaluate(List<String> lines) {
        if (lines.isEmpty()) {
            return CheckVerdict.fail("No X-Content-Type-Options header.");
        }
        String first = HeaderListValue.split(lines).get(0);
        return first.equalsIgnoreCase("nosniff")
                ? CheckVerdict.pass("X-Content-Type-Options is nosniff.")
                : CheckVerdict.fail("The first value of X-Content-Type-Options is '" + Excerpt.inSentence(first)
                        + "', not nosniff; browsers evaluate only the first value.");
    }
}
