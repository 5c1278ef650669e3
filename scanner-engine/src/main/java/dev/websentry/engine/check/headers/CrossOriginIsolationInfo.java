package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.structured.BareItem;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.util.Optional;
import java.util.Set;

/** Reports one of the three headers that isolate a document from other origins: COOP, COEP and CORP. */
final class CrossOriginIsolationInfo implements Check {
    private final CheckDefinition definition;
    private final String header;
    private final Set<String> knownValues;
    private final boolean structured;

    private CrossOriginIsolationInfo(String id, String header, Set<String> knownValues, String description) {
        this.header = header;
        this.knownValues = knownValues;
        this.structured = !id.equals("corp");
        this.definition = CheckDefinition.informational("headers." + id, header, CheckCategory.HEADERS)
                .description(description)
                .references("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/" + header)
                .build();
    }

    static CrossOriginIsolationInfo openerPolicy() {
        return new CrossOriginIsolationInfo(
                "coop",
                "Cross-Origin-Opener-Policy",
                Set.of("unsafe-none", "same-origin", "same-origin-allow-popups", "noopener-allow-popups"),
                "same-origin prevents windows of other origins from keeping a reference to this one.");
    }

    static CrossOriginIsolationInfo embedderPolicy() {
        return new CrossOriginIsolationInfo(
                "coep",
                "Cross-Origin-Embedder-Policy",
                Set.of("unsafe-none", "require-corp", "credentialless"),
                "require-corp loads only resources of other origins that permit embedding; credentialless loads others"
                        + " without credentials.");
    }

    static CrossOriginIsolationInfo resourcePolicy() {
        return new CrossOriginIsolationInfo(
                "corp",
                "Cross-Origin-Resource-Policy",
                Set.of("same-origin", "same-site", "cross-origin"),
                "same-origin or same-site prevents other sites from loading the response.");
    }

    @Override
    public CheckDefinition definition() {
        return definition;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        FinalResponse page = FinalResponse.of(seen);
        String value = page.headers()
                .joined(header)
                .map(sent -> valueInEffect(sent)
                        .filter(knownValues::contains)
                        .map(known -> known + ".")
                        .orElse("Browsers ignore the value '" + Excerpt.inSentence(sent) + "'."))
                .orElse("Not sent.");
        return CheckVerdict.info(value).evidence(page.headerEvidence(header));
    }

    /**
     * Returns the value that browsers apply. COOP and COEP are structured fields with a token (HTML standard); CORP is
     * compared as it was sent (Fetch standard).
     */
    private Optional<String> valueInEffect(String sent) {
        return structured
                ? StructuredFields.parseItem(sent)
                        .filter(item -> item.type() == BareItem.BareItemType.TOKEN)
                        .map(BareItem::text)
                : Optional.of(sent);
    }
}
