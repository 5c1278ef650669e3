package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Checks that the subresources of a page cannot be modified in transit or by the other sites that host them: no mixed
 * content, and subresource integrity for scripts and styles from other sites.
 */
final class SubresourcesCheck implements Check {
    private static final int MAX_EVIDENCE_LINES = 4;
    private static final Definition DEFINITION = Definition.of(
                    "headers.subresources", "Subresources", Category.HEADERS, 2)
            .describe("Nothing is loaded over plain http, and scripts and styles from other sites have an integrity"
                    + " attribute.")
            .remedy(HeaderRemedy.send(
                            "Load everything over https and add an integrity attribute to scripts and styles from other"
                                    + " sites; upgrade-insecure-requests helps as long as http URLs remain.",
                            Policies.HEADER,
                            "upgrade-insecure-requests")
                    .with(
                            "HTML",
                            "<script src=\"https://cdn.example.net/lib.js\" crossorigin=\"anonymous\"\n"
                                    + "        integrity=\"sha384-...\"></script>")
                    .with("shell", "openssl dgst -sha384 -binary lib.js | openssl base64 -A"))
            .references(
                    "https://www.w3.org/TR/sri-2/",
                    "https://www.w3.org/TR/mixed-content/",
                    "https://www.w3.org/TR/upgrade-insecure-requests/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return FinalDocument.judge(seen, SubresourcesCheck::evaluate);
    }

    private static Verdict evaluate(FinalDocument page) {
        Subresources loaded = Subresources.of(page);
        // Mixed Content applies to secure contexts: a page that is served over plain http has no mixed content.
        boolean mixedContent = page.url().isHttps() && !Policies.of(page).upgradeInsecureRequests();
        Verdict verdict = evaluate(loaded, mixedContent);
        List<String> evidence = Stream.of(
                        lines("http", mixedContent ? loaded.active() : List.of()),
                        lines("http", mixedContent ? loaded.passive() : List.of()),
                        lines("no integrity", loaded.unpinned()))
                .flatMap(List::stream)
                .toList();
        return verdict.evidence(evidence);
    }

    private static Verdict evaluate(Subresources loaded, boolean mixedContent) {
        if (mixedContent && !loaded.active().isEmpty()) {
            return Verdict.fail("Active content is loaded over plain http: " + urls(loaded.active()) + ".");
        }
        boolean passive = mixedContent && !loaded.passive().isEmpty();
        if (passive || !loaded.unpinned().isEmpty()) {
            String images =
                    passive ? "Images or media are loaded over plain http: " + urls(loaded.passive()) + "." : "";
            String scripts = loaded.unpinned().isEmpty()
                    ? ""
                    : "Scripts or styles from other sites have no valid integrity attribute: " + urls(loaded.unpinned())
                            + ".";
            return Verdict.warn((images + " " + scripts).strip());
        }
        String insecure =
                mixedContent || (loaded.active().isEmpty() && loaded.passive().isEmpty())
                        ? "The page loads nothing over plain http"
                        : "The policy upgrades http URLs, or the page itself is served over plain http";
        return Verdict.pass(insecure
                + (loaded.pinned() == 0
                        ? ", and no script or style comes from another site."
                        : ", and every script and style from another site has a valid integrity attribute."));
    }

    private static String urls(List<HttpUrl> urls) {
        return Quote.list(urls.stream().map(HttpUrl::toString).distinct().toList());
    }

    private static List<String> lines(String label, List<HttpUrl> urls) {
        return urls.stream()
                .distinct()
                .limit(MAX_EVIDENCE_LINES)
                .map(url -> Quote.line(label + ": " + url))
                .toList();
    }
}
