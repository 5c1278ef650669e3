package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.syntax.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Suggests the strictest Content Security Policy that still allows the observed resources of a page. */
final class SuggestedCsp {
    private static final Pattern NEWLINE = Pattern.compile("\r\n?");
    private static final Set<String> OTHER_TYPES = Set.of("importmap", "speculationrules");
    private static final int MAX_HASHES = 10;
    private static final int MAX_ORIGINS = 20;
    private static final Evaluator EVENT_HANDLERS =
            Selector.evaluatorOf("[onclick], [onload], [onsubmit], [onchange], [onerror]");
    private static final Evaluator INLINE_STYLES = Selector.evaluatorOf("style, [style]");
    private static final Evaluator INLINE_SCRIPTS = Selector.evaluatorOf("script:not([src])");
    private static final Evaluator SCRIPTS = Selector.evaluatorOf("script[src]");
    private static final Evaluator STYLE_SHEETS = Selector.evaluatorOf("link[rel~=(?i)stylesheet]");
    private static final Evaluator IMAGES = Selector.evaluatorOf("img[src], input[type=image]");
    private static final Evaluator FRAMES = Selector.evaluatorOf("iframe[src]");
    private static final Evaluator FORMS = Selector.evaluatorOf("form[action]");

    private SuggestedCsp() {}

    /** Creates a remediation that contains the suggested policy. */
    static Remediation remediation(FinalResponse page) {
        List<Element> inline = inlineScripts(page);
        String text =
                "Send this policy, derived from what the page loads, first as Content-Security-Policy-Report-Only,"
                        + " then enforce it.";
        if (!inline.isEmpty()) {
            text += " It allows the page's inline scripts by hash; if they change from response to response,"
                    + " use a new random nonce for each response instead.";
        }
        if (!page.html().select(EVENT_HANDLERS).isEmpty()) {
            text += " Move event handler attributes into scripts, because the policy does not allow them.";
        }
        String policy = policy(page);
        return HeaderRemediation.sendHeader(
                text,
                EnforcedCsp.HEADER_NAME,
                policy,
                "http.headers(headers -> headers.contentSecurityPolicy(\n        csp -> csp.policyDirectives(\""
                        + policy + "\")));");
    }

    static String policy(FinalResponse page) {
        List<Element> inline = inlineScripts(page);
        StringBuilder scripts = new StringBuilder(sources(page, SCRIPTS, "src"));
        inline.stream().limit(MAX_HASHES).map(SuggestedCsp::hash).distinct().forEach(scripts::append);
        String styles = sources(page, STYLE_SHEETS, "href")
                + (page.html().select(INLINE_STYLES).isEmpty() ? "" : " 'unsafe-inline'");
        return "default-src 'self'; script-src 'self'" + scripts + "; style-src 'self'" + styles
                + "; img-src 'self' data:"
                + sources(page, IMAGES, "src") + "; frame-src 'self'"
                + sources(page, FRAMES, "src") + "; object-src 'none'; base-uri 'none'; form-action 'self'"
                + sources(page, FORMS, "action") + "; frame-ancestors 'self'; upgrade-insecure-requests";
    }

    /** Returns the inline scripts, and the import maps and speculation rules, which script-src restricts as well. */
    private static List<Element> inlineScripts(FinalResponse page) {
        return page.html().select(INLINE_SCRIPTS).stream()
                .filter(script -> PageSubresources.isExecutableScript(script)
                        || OTHER_TYPES.contains(script.attr("type").strip().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String sources(FinalResponse page, Evaluator query, String attribute) {
        Set<String> origins = new TreeSet<>();
        for (Element element : page.html().select(query)) {
            Optional<HttpUrl> url = PageSubresources.resolve(page, element.attr(attribute));
            url.map(SuggestedCsp::source)
                    .filter(source -> !source.equals(source(page.url())))
                    .ifPresent(origins::add);
        }
        return String.join("", origins.stream().limit(MAX_ORIGINS).toList());
    }

    /** Returns the https origin of a URL; {@code 'self'} does not match another port (CSP3 section 6.7.2.8). */
    private static String source(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        String port = url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
        return " https://" + host + port;
    }

    /** Returns the hash of the text that browsers hash: the HTML standard normalizes newlines before parsing. */
    private static String hash(Element script) {
        return " 'sha256-" + Sha256.base64(NEWLINE.matcher(script.data()).replaceAll("\n")) + "'";
    }
}
