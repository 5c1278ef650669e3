package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Element;
import org.jsoup.select.NodeFilter;

/**
 * What a page loads, as far as its markup tells.
 *
 * @param active blockable content over plain http (Mixed Content section 3.2): it could take over the page
 * @param passive upgradable content over plain http (section 3.1): images, audio, video
 * @param unpinned scripts and styles of another site without usable integrity
 * @param pinned how many of another site have it
 */
record Subresources(List<HttpUrl> active, List<HttpUrl> passive, List<HttpUrl> unpinned, int pinned) {
    private static final Pattern INTEGRITY = Pattern.compile("(?i:sha(?:256|384|512))-[A-Za-z0-9+/_-]+={0,2}(\\?.*)?");
    private static final Set<String> PASSIVE_LINKS = Set.of("icon", "apple-touch-icon", "apple-touch-icon-precomposed");
    private static final Set<String> LOADING_LINKS =
            Set.of("stylesheet", "preload", "modulepreload", "prefetch", "manifest");
    private static final Set<String> PASSIVE_DESTINATIONS = Set.of("image", "audio", "video");
    private static final Set<String> SCRIPT_TYPES = Set.of(
            "",
            "module",
            "text/javascript",
            "application/javascript",
            "text/ecmascript",
            "application/ecmascript",
            "application/x-javascript",
            "text/jscript",
            "text/livescript",
            "text/x-javascript",
            "text/x-ecmascript");

    static Subresources of(FinalDocument page) {
        Found found = new Found(page);
        page.html().filter((node, depth) -> {
            // A template's content is inert, and a browser that runs scripts loads nothing of a noscript.
            if (node.nameIs("template") || node.nameIs("noscript")) {
                return NodeFilter.FilterResult.SKIP_ENTIRELY;
            }
            if (node instanceof Element element) {
                found.take(element);
            }
            return NodeFilter.FilterResult.CONTINUE;
        });
        return new Subresources(
                List.copyOf(found.active), List.copyOf(found.passive), List.copyOf(found.unpinned), found.pinned);
    }

    /** Against the first base element with an href, and that against the page's URL; empty when it is no http(s) URL. */
    static Optional<HttpUrl> resolve(FinalDocument page, String reference) {
        return Optional.ofNullable(base(page).resolve(reference.strip()));
    }

    /** Whether a script element's type makes browsers run it. */
    static boolean isScript(Element script) {
        String type = script.attr("type").toLowerCase(Locale.ROOT).strip();
        return SCRIPT_TYPES.contains(type.replaceFirst(";.*", "").strip());
    }

    private static HttpUrl base(FinalDocument page) {
        Element base = page.html().selectFirst("base[href]");
        HttpUrl resolved =
                base == null ? null : page.url().resolve(base.attr("href").strip());
        return resolved == null ? page.url() : resolved;
    }

    /** Collects, element by element. */
    private static final class Found {
        private final HttpUrl page;
        private final HttpUrl base;
        private final List<HttpUrl> active = new ArrayList<>();
        private final List<HttpUrl> passive = new ArrayList<>();
        private final List<HttpUrl> unpinned = new ArrayList<>();
        private int pinned;

        private Found(FinalDocument document) {
            page = document.url();
            base = base(document);
        }

        private void take(Element element) {
            switch (element.normalName()) {
                case "script" -> script(element);
                case "link" -> link(element);
                case "iframe", "frame", "embed", "track" -> load(element.attr("src"), active);
                case "object" -> load(element.attr("data"), active);
                case "img", "audio" -> load(element.attr("src"), passive);
                case "video" -> {
                    load(element.attr("src"), passive);
                    load(element.attr("poster"), passive);
                }
                case "input" -> {
                    if (element.attr("type").equalsIgnoreCase("image")) {
                        load(element.attr("src"), passive);
                    }
                }
                case "source" -> load(element.attr("src"), passive);
                default -> {}
            }
            if (element.normalName().equals("img") || element.normalName().equals("source")) {
                // Section 3.1 leaves image sets out of what is upgraded: they are blocked.
                Stream.of(element.attr("srcset").split(",", -1))
                        .map(candidate -> candidate.strip().replaceFirst("\\s.*", ""))
                        .forEach(url -> load(url, active));
            }
        }

        private void script(Element element) {
            if (isScript(element)) {
                load(element.attr("src"), active);
                pin(element, element.attr("src"));
            }
        }

        private void link(Element element) {
            List<String> relations =
                    List.of(element.attr("rel").toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
            String href = element.attr("href");
            if (relations.contains("stylesheet") && !element.hasAttr("disabled")) {
                pin(element, href);
            }
            String destination = element.attr("as").toLowerCase(Locale.ROOT);
            if (relations.stream().anyMatch(LOADING_LINKS::contains)) {
                boolean image = !relations.contains("stylesheet") && PASSIVE_DESTINATIONS.contains(destination);
                load(href, image ? passive : active);
            } else if (relations.stream().anyMatch(PASSIVE_LINKS::contains)) {
                load(href, passive);
            }
        }

        private void load(String reference, List<HttpUrl> insecure) {
            HttpUrl url = reference.isBlank() ? null : base.resolve(reference.strip());
            if (url != null && !url.isHttps()) {
                insecure.add(url);
            }
        }

        private void pin(Element element, String reference) {
            HttpUrl url = reference.isBlank() ? null : base.resolve(reference.strip());
            if (url == null || Site.isSame(page, url)) {
                return;
            }
            boolean usable = Stream.of(element.attr("integrity").strip().split("\\s+", -1))
                    .anyMatch(token -> INTEGRITY.matcher(token).matches());
            if (usable) {
                pinned++;
            } else {
                unpinned.add(url);
            }
        }
    }
}
