package dev.websentry.engine.check.redirects;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Detects client-side redirects to HTTPS: a Refresh header, a meta refresh or a script. */
final class ClientSideRedirect {
    private static final List<Pattern> SCRIPT = List.of(
            Pattern.compile("location\\.protocol\\s*=\\s*['\"`]https"),
            Pattern.compile("location(?:\\.href)?\\s*=\\s*['\"`]https:"),
            Pattern.compile("location\\.(?:replace|assign)\\(\\s*['\"`]https:"));

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
        for (Element meta : document.select("meta[http-equiv=refresh]")) {
            if (isHttps(url, meta.attr("content"))) {
                return Optional.of("a meta refresh");
            }
        }
        boolean script = document.select("script").stream()
                .map(Element::data)
                .anyMatch(code -> SCRIPT.stream()
                        .anyMatch(pattern -> pattern.matcher(code).find()));
        return script ? Optional.of("a script") : Optional.empty();
    }

    private static boolean isHttps(HttpUrl url, String refresh) {
        HttpUrl target = DeclarativeRefreshParser.parseUrl(refresh)
                .map(reference -> url.resolve(reference))
                .orElse(null);
        return target != null && target.isHttps();
    }
}
