package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Remediation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Element;

/** The tightest policy under which what was seen of a page would still load. */
final class ProposedPolicy {
    private static final int MOST_HASHES = 10;
    private static final int MOST_ORIGINS = 20;

    private ProposedPolicy() {}

    static Remediation remedy(FinalDocument page) {
        List<Element> inline = inlineScripts(page);
        String text = "Send this policy, made from what the page loads, first as Content-Security-Policy-Report-Only,"
                + " then enforced.";
        if (!inline.isEmpty()) {
            text += " It names the page's inline scripts by hash; where they change from answer to answer,"
                    + " give each answer a fresh random nonce instead.";
        }
        if (page.html()
                        .select("[onclick], [onload], [onsubmit], [onchange], [onerror]")
                        .size()
                > 0) {
            text += " Move event handler attributes into scripts: it does not allow them.";
        }
        String policy = policy(page);
        return HeaderRemedy.send(
                text,
                Policies.HEADER,
                policy,
                "http.headers(headers -> headers.contentSecurityPolicy(\n        csp -> csp.policyDirectives(\""
                        + policy + "\")));");
    }

    static String policy(FinalDocument page) {
        List<Element> inline = inlineScripts(page);
        StringBuilder scripts = new StringBuilder(sources(page, "script[src]", "src"));
        inline.stream().limit(MOST_HASHES).map(ProposedPolicy::hash).distinct().forEach(scripts::append);
        String styles = sources(page, "link[rel~=(?i)stylesheet]", "href")
                + (page.html().select("style, [style]").isEmpty() ? "" : " 'unsafe-inline'");
        return "default-src 'self'; script-src 'self'" + scripts + "; style-src 'self'" + styles
                + "; img-src 'self' data:"
                + sources(page, "img[src], input[type=image]", "src") + "; frame-src 'self'"
                + sources(page, "iframe[src]", "src") + "; object-src 'none'; base-uri 'none'; form-action 'self'"
                + sources(page, "form[action]", "action") + "; frame-ancestors 'self'; upgrade-insecure-requests";
    }

    private static List<Element> inlineScripts(FinalDocument page) {
        return page.html().select("script:not([src])").stream()
                .filter(Subresources::isScript)
                .toList();
    }

    private static String sources(FinalDocument page, String query, String attribute) {
        Set<String> origins = new TreeSet<>();
        for (Element element : page.html().select(query)) {
            Optional<HttpUrl> url = Subresources.resolve(page, element.attr(attribute));
            url.filter(found -> !found.host().equals(page.url().host()))
                    .ifPresent(found -> origins.add(" https://" + host(found) + port(found)));
        }
        return String.join("", origins.stream().limit(MOST_ORIGINS).toList());
    }

    private static String host(HttpUrl url) {
        return url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    }

    private static String port(HttpUrl url) {
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
    }

    private static String hash(Element script) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(script.data().getBytes(StandardCharsets.UTF_8));
            return " 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
