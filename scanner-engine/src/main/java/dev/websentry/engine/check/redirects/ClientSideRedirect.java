package dev.websentry.engine.check.redirects;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * Detects declarative client-side redirects to HTTPS: a Refresh header or a meta refresh. Scripts do not count, because
 * their text does not tell whether they run.
 */
final class ClientSideRedirect {
    /** Elements whose content browsers do not render (HTML standard, sections 4.12.2 and 4.12.3). */
    private static final Evaluator INERT = Selector.evaluatorOf("noscript, template");

    private static final Evaluator META_REFRESH = Selector.evaluatorOf("meta[http-equiv=refresh]");
    private static final Evaluator BASE = Selector.evaluatorOf("base[href]");

    private ClientSideRedirect() {}

    /**
     * Detects a client-side redirect.
     *
     * @param url the URL of the page
     * @param response the response
     * @return how the page redirects to HTTPS, such as "a meta refresh"; empty if it does not
     */
    static Optional<String> toHttps(HttpUrl url, Response response) {
        if (response.headers()
                .first("Refresh")
                .filter(value -> isHttps(url, value))
                .isPresent()) {
            return Optional.of("a Refresh header");
        }
        Document document = response.body().html();
        HttpUrl base = base(url, document);
        for (Element meta : document.select(META_REFRESH)) {
            if (meta.closest(INERT) == null && isHttps(base, meta.attr("content"))) {
                return Optional.of("a meta refresh");
            }
        }
        return Optional.empty();
    }

    /** Returns the base URL of a document (HTML standard, section 2.4.3). */
    private static HttpUrl base(HttpUrl url, Document document) {
        Element base = document.selectFirst(BASE);
        HttpUrl resolved = base == null ? null : url.resolve(base.attr("href").strip());
        return resolved == null ? url : resolved;
    }

    private static boolean isHttps(HttpUrl url, String refresh) {
        HttpUrl target = DeclarativeRefreshParser.parseUrl(refresh)
                .map(reference -> url.resolve(reference))
                .orElse(null);
        return target != null && target.isHttps();
    }
}
