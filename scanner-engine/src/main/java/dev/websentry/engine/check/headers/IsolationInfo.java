package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.structured.BareItem;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.util.Set;

/** Reports one of the three headers that isolate a document from other origins: COOP, COEP and CORP. */
final class IsolationInfo implements Check {
    private final Definition definition;
    private final String header;
    private final Set<String> knownValues;

    private IsolationInfo(String id, String header, Set<String> knownValues, String description) {
        this.header = header;
        this.knownValues = knownValues;
        this.definition = Definition.info("headers." + id, header, Category.HEADERS)
                .describe(description)
                .references("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/" + header)
                .build();
    }

    static IsolationInfo opener() {
        return new IsolationInfo(
                "coop",
                "Cross-Origin-Opener-Policy",
                Set.of("unsafe-none", "same-origin", "same-origin-allow-popups", "noopener-allow-popups"),
                "same-origin prevents windows of other origins from keeping a reference to this one.");
    }

    static IsolationInfo embedder() {
        return new IsolationInfo(
                "coep",
                "Cross-Origin-Embedder-Policy",
                Set.of("unsafe-none", "require-corp", "credentialless"),
                "require-corp or credentialless loads only resources that permit embedding.");
    }

    static IsolationInfo resource() {
        return new IsolationInfo(
                "corp",
                "Cross-Origin-Resource-Policy",
                Set.of("same-origin", "same-site", "cross-origin"),
                "same-origin or same-site prevents other sites from loading the response.");
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public Verdict judge(Observations seen) {
        FinalDocument page = FinalDocument.of(seen);
        String value = page.headers()
                .joined(header)
                .map(sent -> StructuredFields.item(sent)
                        .map(BareItem::text)
                        .filter(knownValues::contains)
                        .map(known -> known + ".")
                        .orElse("Browsers ignore the value '" + Quote.of(sent) + "'."))
                .orElse("Not sent.");
        return Verdict.info(value).evidence(page.evidence(header));
    }
}
