package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.ListValue;
import java.util.List;

/** Whether browsers must take the declared type for what it is. */
final class ContentTypeOptionsCheck implements Check {
    private static final String NAME = "X-Content-Type-Options";
    private static final Definition DEFINITION = Definition.of(
                    "headers.content-type-options", NAME, Category.HEADERS, 3)
            .describe("Browsers are told not to guess a type other than the declared one.")
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
        return page.qualified(judge(page.headers().all(NAME))).evidence(page.evidence(NAME));
    }

    /** Fetch standard, "determine nosniff": the first value alone counts. */
    private static Verdict judge(List<String> lines) {
        if (lines.isEmpty()) {
            return Verdict.fail("No X-Content-Type-Options.");
        }
        String first = ListValue.split(lines).get(0);
        return first.equalsIgnoreCase("nosniff")
                ? Verdict.pass("nosniff.")
                : Verdict.fail("The first value is '" + Quote.of(first) + "', not nosniff; browsers look at no other.");
    }
}
