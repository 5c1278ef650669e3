package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.ListValue;
import java.util.List;

/** Checks that {@code X-Content-Type-Options: nosniff} disables content type sniffing. */
final class ContentTypeOptionsCheck implements Check {
    private static final String NAME = "X-Content-Type-Options";
    private static final Definition DEFINITION = Definition.of(
                    "headers.content-type-options", NAME, Category.HEADERS, 3)
            .describe("Responses tell browsers not to guess a content type other than the declared one.")
            .remedy(HeaderRemedy.send(
                    "Send X-Content-Type-Options: nosniff with every response.",
                    NAME,
                    "nosniff",
                    "http.headers(headers -> headers.contentTypeOptions(Customizer.withDefaults()));"))
            .references("https://fetch.spec.whatwg.org/#x-content-type-options-header")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        FinalDocument page = FinalDocument.of(seen);
        return page.qualified(evaluate(page.headers().all(NAME))).evidence(page.evidence(NAME));
    }

    /** Implements "determine nosniff" of the Fetch standard: only the first value applies. */
    private static Verdict evaluate(List<String> lines) {
        if (lines.isEmpty()) {
            return Verdict.fail("No X-Content-Type-Options header.");
        }
        String first = ListValue.split(lines).get(0);
        return first.equalsIgnoreCase("nosniff")
                ? Verdict.pass("X-Content-Type-Options is nosniff.")
                : Verdict.fail("The first value of X-Content-Type-Options is '" + Quote.of(first)
                        + "', not nosniff; browsers evaluate only the first value.");
    }
}
