package dev.websentry.engine.check.server;

import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Tells an answer of its own from the one that a site gives to everything: a single-page application, a soft 404, a login
 * page.
 */
final class Ordinariness {
    private static final int COMPARED = 4096;
    private static final double ALIKE = 0.9;
    private static final Pattern VARYING = Pattern.compile("[0-9A-Fa-f]{6,}|[0-9]+");
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}#]+");

    private final List<String> ordinary = new ArrayList<>();

    Ordinariness(Ordinary seen) {
        seen.canaries().forEach(this::add);
        add(seen.root());
    }

    private void add(Exchange exchange) {
        exchange.response().ifPresent(response -> ordinary.add(normalised(exchange.url(), response)));
    }

    /** Whether the body is, but for what varies with every request, one that anything gets. */
    boolean covers(HttpUrl url, Response response) {
        String body = normalised(url, response);
        return ordinary.stream().anyMatch(other -> body.equals(other) || alike(body, other));
    }

    /** Without the path, which pages repeat, and without numbers and tokens, which change. */
    private static String normalised(HttpUrl url, Response response) {
        String body = response.body().text();
        String start = body.substring(0, Math.min(COMPARED, body.length()));
        String path = url.encodedPath();
        String withoutPath = path.length() > 1 ? start.replace(path, "").replace(path.substring(1), "") : start;
        return VARYING.matcher(withoutPath).replaceAll("#").strip();
    }

    private static boolean alike(String one, String other) {
        Set<String> first = words(one);
        Set<String> second = words(other);
        if (first.size() < 5 || second.size() < 5) {
            return false;
        }
        Set<String> both = new HashSet<>(first);
        both.retainAll(second);
        Set<String> either = new HashSet<>(first);
        either.addAll(second);
        return both.size() >= ALIKE * either.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        WORDS.splitAsStream(text).filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }
}
