package dev.websentry.engine.check.headers;

import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.syntax.CssReferences;
import dev.websentry.engine.syntax.RegistrableDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.Selector;

/**
 * The subresources that the markup of a page loads.
 *
 * @param activeOverHttp URLs of blockable content over plain http (Mixed Content section 3.2), which could take over
 *     the page
 * @param passiveOverHttp URLs of upgradable content over plain http (section 3.1): images, audio, video
 * @param withoutIntegrity URLs of scripts and styles from other sites without a valid integrity attribute
 * @param withIntegrityCount the number of scripts and styles from other sites with a valid integrity attribute
 */
record PageSubresources(
        List<HttpUrl> activeOverHttp,
        List<HttpUrl> passiveOverHttp,
        List<HttpUrl> withoutIntegrity,
        int withIntegrityCount) {
    private static final Pattern INTEGRITY = Pattern.compile("(?i:sha(?:256|384|512))-[A-Za-z0-9+/_-]+={0,2}(\\?.*)?");
    private static final Pattern LOOPBACK = Pattern.compile("127(?:\\.[0-9]{1,3}){3}");
    private static final Set<String> PASSIVE_LINKS = Set.of("icon", "apple-touch-icon", "apple-touch-icon-precomposed");
    private static final Set<String> LOADING_LINKS =
            Set.of("stylesheet", "preload", "modulepreload", "prefetch", "manifest");
    private static final Set<String> PASSIVE_DESTINATIONS = Set.of("image", "audio", "video");
    /** The attributes of SVG elements whose values are CSS with URLs (SVG 2 section 6.6). */
    private static final Set<String> PRESENTATION_ATTRIBUTES = Set.of(
            "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end");

    private static final Evaluator BASE = Selector.evaluatorOf("base[href]");
    private static final int MAX_SRCDOC_NESTING = 3;
    /** The JavaScript MIME types (WHATWG MIME Sniffing section 4.6). */
    private static final Set<String> JAVASCRIPT_TYPES = Set.of(
            "application/ecmascript",
            "application/javascript",
            "application/x-ecmascript",
            "application/x-javascript",
            "text/ecmascript",
            "text/javascript",
            "text/javascript1.0",
            "text/javascript1.1",
            "text/javascript1.2",
            "text/javascript1.3",
            "text/javascript1.4",
            "text/javascript1.5",
            "text/jscript",
            "text/livescript",
            "text/x-ecmascript",
            "text/x-javascript");

    /** Collects the subresources of a page. */
    static PageSubresources of(FinalResponse page) {
        SubresourceCollector collector = new SubresourceCollector(page);
        collector.addAll(page.html(), 0);
        return new PageSubresources(
                List.copyOf(collector.active),
                List.copyOf(collector.passive),
                List.copyOf(collector.unpinned),
                collector.pinned);
    }

    /**
     * Resolves a reference against the base URL of the page, which is the first base element with an href or else the
     * URL of the page.
     *
     * @return the absolute URL, or empty if it is not an http or https URL
     */
    static Optional<HttpUrl> resolve(FinalResponse page, String reference) {
        return Optional.ofNullable(base(page).resolve(reference.strip()));
    }

    /**
     * Returns whether browsers execute a script element, judging by its type, or by its language if it has no type
     * (HTML standard, "prepare the script element"). A type with parameters is not executed.
     */
    static boolean isExecutableScript(Element script) {
        String type = script.attr("type").toLowerCase(Locale.ROOT);
        String language = script.attr("language").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            return script.hasAttr("type") || language.isEmpty() || JAVASCRIPT_TYPES.contains("text/" + language);
        }
        return type.strip().equals("module") || JAVASCRIPT_TYPES.contains(type.strip());
    }

    private static HttpUrl base(FinalResponse page) {
        Element base = page.html().selectFirst(BASE);
        HttpUrl resolved =
                base == null ? null : page.url().resolve(base.attr("href").strip());
        return resolved == null ? page.url() : resolved;
    }

    /** Collects the subresources element by element. */
    private static final class SubresourceCollector {
        private final HttpUrl page;
        private final HttpUrl base;
        private final List<HttpUrl> active = new ArrayList<>();
        private final List<HttpUrl> passive = new ArrayList<>();
        private final List<HttpUrl> unpinned = new ArrayList<>();
        private int pinned;

        private SubresourceCollector(FinalResponse document) {
            page = document.url();
            base = base(document);
        }

        /** Adds a document, and the documents in srcdoc attributes, which have the same base URL. */
        private void addAll(Document document, int nesting) {
            document.filter((node, depth) -> {
                // The content of a template is inert, and a browser that runs scripts ignores the content of noscript.
                if (node.nameIs("template") || node.nameIs("noscript")) {
                    return NodeFilter.FilterResult.SKIP_ENTIRELY;
                }
                if (node instanceof Element element) {
                    if (element.nameIs("iframe") && element.hasAttr("srcdoc")) {
                        if (nesting < MAX_SRCDOC_NESTING) {
                            addAll(ResponseBody.of(element.attr("srcdoc")).html(), nesting + 1);
                        }
                    } else {
                        add(element);
                    }
                }
                return NodeFilter.FilterResult.CONTINUE;
            });
        }

        private void add(Element element) {
            switch (element.normalName()) {
                case "script" -> addScript(element);
                case "link" -> addLink(element);
                case "iframe", "frame", "embed", "track" -> addIfInsecure(element.attr("src"), active);
                case "object" -> addIfInsecure(element.attr("data"), active);
                case "img", "audio" -> addIfInsecure(element.attr("src"), passive);
                case "video" -> {
                    addIfInsecure(element.attr("src"), passive);
                    addIfInsecure(element.attr("poster"), passive);
                }
                case "input" -> {
                    if (element.attr("type").equalsIgnoreCase("image")) {
                        addIfInsecure(element.attr("src"), passive);
                    }
                }
                case "source" -> addIfInsecure(element.attr("src"), passive);
                case "image", "feimage" -> {
                    addIfInsecure(element.attr("href"), passive);
                    addIfInsecure(element.attr("xlink:href"), passive);
                }
                case "style" -> addStyles(element);
                case "body", "table", "td", "th" -> addIfInsecure(element.attr("background"), passive);
                default -> {}
            }
            addStyleSheet(element.attr("style"));
            if (element.tag().namespace().equals(Parser.NamespaceSvg)) {
                PRESENTATION_ATTRIBUTES.forEach(name -> addStyleSheet(element.attr(name)));
            }
            if (element.normalName().equals("img") || element.normalName().equals("source")) {
                // Section 3.1 excludes image sets from upgradable content: browsers block them.
                Stream.of(element.attr("srcset").split(",", -1))
                        .map(candidate -> candidate.strip().replaceFirst("\\s.*", ""))
                        .forEach(url -> addIfInsecure(url, active));
            }
        }

        private void addScript(Element element) {
            if (isExecutableScript(element)) {
                addIfInsecure(element.attr("src"), active);
                checkIntegrity(element, element.attr("src"));
                // SVG scripts have these attributes instead.
                addIfInsecure(element.attr("href"), active);
                addIfInsecure(element.attr("xlink:href"), active);
            }
        }

        private void addStyles(Element style) {
            String type = style.attr("type").strip();
            if (type.isEmpty() || type.equalsIgnoreCase("text/css")) {
                addStyleSheet(style.data().isEmpty() ? style.wholeText() : style.data());
            }
        }

        /** Images are upgradable content (Mixed Content section 3.1); style sheets and fonts are not. */
        private void addStyleSheet(String css) {
            if (css.isBlank()) {
                return;
            }
            CssReferences references = CssReferences.parse(css);
            references.imports().forEach(url -> addIfInsecure(url, active));
            references.fonts().forEach(url -> addIfInsecure(url, active));
            references.images().forEach(url -> addIfInsecure(url, passive));
        }

        private void addLink(Element element) {
            List<String> relations =
                    List.of(element.attr("rel").toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
            String href = element.attr("href");
            if (relations.contains("stylesheet") && !element.hasAttr("disabled")) {
                checkIntegrity(element, href);
            }
            String destination = element.attr("as").toLowerCase(Locale.ROOT);
            if (relations.stream().anyMatch(LOADING_LINKS::contains)) {
                boolean passiveContent =
                        !relations.contains("stylesheet") && PASSIVE_DESTINATIONS.contains(destination);
                addIfInsecure(href, passiveContent ? passive : active);
            } else if (relations.stream().anyMatch(PASSIVE_LINKS::contains)) {
                addIfInsecure(href, passive);
            }
        }

        private void addIfInsecure(String reference, List<HttpUrl> insecure) {
            HttpUrl url = reference.isBlank() ? null : base.resolve(reference.strip());
            if (url != null && !isPotentiallyTrustworthy(url)) {
                insecure.add(url);
            }
        }

        /** Implements "is url potentially trustworthy" (Secure Contexts section 3.1) for http and https URLs. */
        private static boolean isPotentiallyTrustworthy(HttpUrl url) {
            String host = url.host().endsWith(".")
                    ? url.host().substring(0, url.host().length() - 1)
                    : url.host();
            return url.isHttps()
                    || host.equals("localhost")
                    || host.endsWith(".localhost")
                    || host.equals("::1")
                    || LOOPBACK.matcher(host).matches();
        }

        private void checkIntegrity(Element element, String reference) {
            HttpUrl url = reference.isBlank() ? null : base.resolve(reference.strip());
            if (url == null || RegistrableDomain.isSameSite(page, url)) {
                return;
            }
            boolean valid = Stream.of(element.attr("integrity").strip().split("\\s+", -1))
                    .anyMatch(token -> INTEGRITY.matcher(token).matches());
            if (valid) {
                pinned++;
            } else {
                unpinned.add(url);
            }
        }
    }
}
