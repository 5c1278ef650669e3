package dev.websentry.engine.check.server;

import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Detects soft 404s: responses that a site sends for every path, such as a single-page application, a "not found"
 * page with status 200, or a login page.
 */
final class SoftNotFoundDetector {
    private static final int MAX_COMPARED_LENGTH = 4096;
    private static final double MIN_SIMILARITY = 0.9;
    private static final Pattern VARYING = Pattern.compile("[0-9A-Fa-f]{6,}|[0-9]+");
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}#]+");

    private final List<String> baseline = new ArrayList<>();

    /** @param responses the responses to random paths and to the root */
    SoftNotFoundDetector(NotFoundBaseline responses) {
        responses.canaries().forEach(this::add);
        add(responses.root());
    }

    private void add(HttpExchange exchange) {
        exchange.response().ifPresent(response -> baseline.add(normalized(exchange.url(), response)));
    }

    /**
     * Returns whether a response is one that the site sends for every path.
     *
     * @param url the requested URL
     * @param response the response
     * @return true if the body equals a baseline body, or is similar to one, apart from parts that vary with
     *     every request
     */
    boolean isSoftNotFound(HttpUrl url, Response response) {
        String body = normalized(url, response);
        return baseline.stream().anyMatch(other -> body.equals(other) || isSimilar(body, other));
    }

    /**
     * Returns the beginning of the body without the requested path, which pages often repeat, and without numbers and
     * tokens, which vary with every request.
     */
    private static String normalized(HttpUrl url, Response response) {
        String body = response.body().text();
        String start = body.substring(0, Math.min(MAX_COMPARED_LENGTH, body.length()));
        String path = url.encodedPath();
        String withoutPath = path.length() > 1 ? start.replace(path, "").replace(path.substring(1), "") : start;
        return VARYING.matcher(withoutPath).replaceAll("#").strip();
    }

    private static boolean isSimilar(String one, String other) {
        Set<String> first = words(one);
        Set<String> second = words(other);
        if (first.size() < 5 || second.size() < 5) {
            return false;
        }
        Set<String> both = new HashSet<>(first);
        both.retainAll(second);
        Set<String> either = new HashSet<>(first);
        either.addAll(second);
        return both.size() >= MIN_SIMILARITY * either.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        WORDS.splitAsStream(text).filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }
}
