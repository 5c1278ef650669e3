package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Sends requests with the Origin of another site, to find out which CORS headers the host sends (Fetch standard, 3.2).
 */
public final class CorsProbe {
    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public CorsProbe(ProbeContext context) {
        this.context = context;
    }

    /**
     * Sends a request with a random origin, one with the origin {@code null} and a preflight request.
     *
     * @param url a page of the requested host, on the scheme and port that responded
     * @return the responses; unknown if one of the first two requests failed
     */
    public Observation<CorsResponses> probe(HttpUrl url) {
        String origin = "https://" + RandomLabel.next() + ".example";
        FetchRequest get = FetchRequest.snippet(url);
        FetchRequest preflight = get.withMethod("OPTIONS")
                .withHeaders(new Header("Origin", origin), new Header("Access-Control-Request-Method", "PUT"));
        List<FetchRequest> requests = List.of(
                get.withHeaders(new Header("Origin", origin)),
                get.withHeaders(new Header("Origin", "null")),
                preflight);
        List<HttpExchange> answers = context.tasks()
                .mapConcurrently(requests, request -> context.httpFetcher().fetch(request));
        for (HttpExchange answer : answers.subList(0, 2)) {
            if (answer.failure().isPresent()) {
                return Observation.unknown("a cross-origin request received no response: "
                        + answer.failure().get().detail());
            }
        }
        return Observation.seen(new CorsResponses(origin, answers.get(0), answers.get(1), answers.get(2)));
    }
}
