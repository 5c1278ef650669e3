package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations.CorsAnswers;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Sends requests with the Origin of another site, to find out which CORS headers the host sends (Fetch standard, 3.2).
 */
public final class ForeignOrigins {
    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public ForeignOrigins(ProbeContext context) {
        this.context = context;
    }

    /**
     * Sends a request with a random origin, one with the origin {@code null} and a preflight request.
     *
     * @param url a page of the requested host, on the scheme and port that responded
     * @return the responses; unknown if one of the first two requests failed
     */
    public Observed<CorsAnswers> probe(HttpUrl url) {
        String origin = "https://" + RandomName.next() + ".example";
        Fetch get = Fetch.snippet(url);
        Fetch preflight = get.withMethod("OPTIONS")
                .with(new Header("Origin", origin), new Header("Access-Control-Request-Method", "PUT"));
        List<Fetch> requests =
                List.of(get.with(new Header("Origin", origin)), get.with(new Header("Origin", "null")), preflight);
        List<Exchange> answers =
                context.tasks().map(requests, request -> context.http().fetch(request));
        for (Exchange answer : answers.subList(0, 2)) {
            if (answer.failure().isPresent()) {
                return Observed.unknown("a cross-origin request received no response: "
                        + answer.failure().get().detail());
            }
        }
        return Observed.seen(new CorsAnswers(origin, answers.get(0), answers.get(1), answers.get(2)));
    }
}
