package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Checks that the subresources of a page cannot be modified in transit or by the other sites that host them: no mixed
 * content, and subresource integrity for scripts and styles from other sites.
 */
final class SubresourceIntegrityCheck implements Check {
    private static final int MAX_EVIDENCE_LINES = 4;
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.subresources", "Subresources", CheckCategory.HEADERS, 2)
            .description("Nothing is loaded over plain http, and scripts and styles from other sites have an integrity"
                    + " attribute. The page is evaluated with its style elements, style attributes and SVG; linked"
                    + " style sheets are not read.")
            .remediation(HeaderRemediation.sendHeader(
                            "Load everything over https and add an integrity attribute to scripts and styles from other"
                                    + " sites; upgrade-insecure-requests helps as long as http URLs remain.",
                            EnforcedCsp.HEADER_NAME,
                            "upgrade-insecure-requests")
                    .withConfig(
                            "HTML",
                            "<script src=\"https://cdn.example.net/lib.js\" crossorigin=\"anonymous\"\n"
                                    + "        integrity=\"sha384-...\"></script>")
                    .withConfig("shell", "openssl dgst -sha384 -binary lib.js | openssl base64 -A"))
            .references(
                    "https://www.w3.org/TR/sri-2/",
                    "https://www.w3.org/TR/mixed-content/",
                    "https://www.w3.org/TR/upgrade-insecure-requests/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return FinalResponse.evaluateHtml(seen, SubresourceIntegrityCheck::evaluate);
    }

    private static CheckVerdict evaluate(FinalResponse page) {
        PageSubresources loaded = PageSubresources.of(page);
        // Mixed Content applies to secure contexts: a page that is served over plain http has no mixed content.
        boolean mixedContent = page.url().isHttps() && !EnforcedCsp.of(page).upgradeInsecureRequests();
        CheckVerdict verdict = evaluate(loaded, mixedContent);
        List<String> evidence = Stream.of(
                        lines("http", mixedContent ? loaded.activeOverHttp() : List.of()),
                        lines("http", mixedContent ? loaded.passiveOverHttp() : List.of()),
                        lines("no integrity", loaded.withoutIntegrity()))
                .flatMap(List::stream)
                .toList();
        return verdict.evidence(evidence);
    }

    private static CheckVerdict evaluate(PageSubresources loaded, boolean mixedContent) {
        if (mixedContent && !loaded.activeOverHttp().isEmpty()) {
            return CheckVerdict.fail(
                    "Active content is loaded over plain http: " + urls(loaded.activeOverHttp()) + ".");
        }
        boolean passive = mixedContent && !loaded.passiveOverHttp().isEmpty();
        if (passive || !loaded.withoutIntegrity().isEmpty()) {
            String images = passive
                    ? "Images or media are loaded over plain http: " + urls(loaded.passiveOverHttp()) + "."
                    : "";
            String scripts = loaded.withoutIntegrity().isEmpty()
                    ? ""
                    : "Scripts or styles from other sites have no valid integrity attribute: "
                            + urls(loaded.withoutIntegrity()) + ".";
            return CheckVerdict.warn((images + " " + scripts).strip());
        }
        String insecure = mixedContent
                        || (loaded.activeOverHttp().isEmpty()
                                && loaded.passiveOverHttp().isEmpty())
                ? "The page loads nothing over plain http"
                : "The policy upgrades http URLs, or the page itself is served over plain http";
        return CheckVerdict.pass(insecure
                + (loaded.withIntegrityCount() == 0
                        ? ", and no script or style comes from another site."
                        : ", and every script and style from another site has a valid integrity attribute."));
    }

    private static String urls(List<HttpUrl> urls) {
        return Excerpt.joinFirst(urls.stream().map(HttpUrl::toString).distinct().toList());
    }

    private static List<String> lines(String label, List<HttpUrl> urls) {
        return urls.stream()
                .distinct()
                .limit(MAX_EVIDENCE_LINES)
                .map(url -> Excerpt.evidenceLine(label + ": " + url))
                .toList();
    }
}
