package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Whether what a page loads could be changed on its way or by the other site it comes from. */
final class SubresourcesCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "headers.subresources", "Subresources", Category.HEADERS, 2)
            .describe("Nothing is loaded over plain http, and scripts and styles of other sites carry integrity.")
            .remedy(HeaderRemedy.send(
                            "Load everything over https and give scripts and styles of other sites an integrity"
                                    + " attribute; upgrade-insecure-requests helps while http URLs remain.",
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
        return FinalDocument.judge(seen, SubresourcesCheck::judge);
    }

    private static Verdict judge(FinalDocument page) {
        Subresources loaded = Subresources.of(page);
        // Mixed Content judges secure contexts: on a page that is plain http itself nothing is mixed.
        boolean mixes = page.url().isHttps() && !Policies.of(page).upgradeInsecureRequests();
        Verdict verdict = judge(loaded, mixes);
        List<String> evidence = Stream.of(
                        lines("http", mixes ? loaded.active() : List.of()),
                        lines("http", mixes ? loaded.passive() : List.of()),
                        lines("no integrity", loaded.unpinned()))
                .flatMap(List::stream)
                .toList();
        return verdict.evidence(evidence);
    }

    private static Verdict judge(Subresources loaded, boolean mixes) {
        if (mixes && !loaded.active().isEmpty()) {
            return Verdict.fail("Active content over plain http: " + urls(loaded.active()) + ".");
        }
        boolean passive = mixes && !loaded.passive().isEmpty();
        if (passive || !loaded.unpinned().isEmpty()) {
            String images = passive ? "Images or media over plain http: " + urls(loaded.passive()) + "." : "";
            String scripts = loaded.unpinned().isEmpty()
                    ? ""
                    : "Scripts or styles of another site without integrity: " + urls(loaded.unpinned()) + ".";
            return Verdict.warn((images + " " + scripts).strip());
        }
        String insecure =
                mixes || (loaded.active().isEmpty() && loaded.passive().isEmpty())
                        ? "Nothing is loaded over plain http into a secure page"
                        : "http URLs are upgraded by the policy, or the page itself is plain http";
        return Verdict.pass(insecure
                + (loaded.pinned() == 0
                        ? ", and no script or style comes from another site."
                        : ", and every script and style of another site carries integrity."));
    }

    private static String urls(List<HttpUrl> urls) {
        return Quote.list(urls.stream().map(HttpUrl::toString).distinct().toList());
    }

    private static List<String> lines(String why, List<HttpUrl> urls) {
        return urls.stream()
                .distinct()
                .limit(4)
                .map(url -> Quote.line(why + ": " + url))
                .toList();
    }
}
