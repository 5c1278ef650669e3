package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.engine.observation.SiteObservations.InformationalResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import dev.websentry.engine.probe.ProbeContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;

/**
 * Requests resources of the host that must not be public, such as sensitive paths and verbose error pages. It sends GET
 * requests without following redirects, reads 4 KiB of each response, and sends one TRACE request.
 */
public final class LeakProbe {
    /** The maximum number of concurrent requests over HTTP/1.1, where each request needs its own connection. */
    private static final int MAX_CONCURRENT_REQUESTS = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public LeakProbe(ProbeContext context) {
        this.context = context;
    }

    /**
     * Sends all requests except those for directories, which depend on the entry page.
     *
     * @param first the first response of the requested host, whose scheme, port and protocol are used
     * @return the responses; unknown if the requests for random paths, which serve as the baseline, failed
     */
    public Observation<LeakageResponses> probe(HttpExchange first) {
        HttpUrl root = first.url().resolve("/");
        if (root == null) {
            throw new IllegalStateException("an http URL always has a root");
        }
        boolean multiplexed =
                first.response().map(Response::protocol).orElse("").equals("h2");
        List<HttpExchange> canaries = fetchAll(canaries(root), multiplexed);
        for (HttpExchange canary : canaries) {
            if (canary.failure().isPresent()) {
                return Observation.unknown("a request for a random path received no response: "
                        + canary.failure().get().detail());
            }
        }
        List<FetchRequest> requests = new ArrayList<>(List.of(
                get(root),
                get(root.resolve("/.well-known/security.txt")),
                get(root).withMethod("TRACE"),
                get(error(root))));
        int others = requests.size();
        if (context.options().probePaths()) {
            SensitivePaths.ALL.forEach(path -> requests.add(get(root.resolve(path))));
        }
        List<HttpExchange> answers = fetchAll(requests, multiplexed);
        return Observation.seen(new LeakageResponses(
                new NotFoundBaseline(canaries, answers.get(0)),
                answers.subList(others, answers.size()),
                answers.get(3),
                List.of(),
                new InformationalResponses(answers.get(1), answers.get(2))));
    }

    /**
     * Requests directories.
     *
     * @param urls the URLs of the directories
     * @return the responses in the order of the URLs
     */
    public List<HttpExchange> requestDirectories(List<HttpUrl> urls) {
        return fetchAll(urls.stream().map(LeakProbe::get).toList(), true);
    }

    private static List<FetchRequest> canaries(HttpUrl root) {
        return List.of(
                get(root.resolve("/" + RandomLabel.next())), get(root.resolve("/." + RandomLabel.next() + "/config")));
    }

    /**
     * Returns a URL with invalid UTF-8, a NUL and a quote, which makes careless servers respond with a detailed error.
     */
    private static HttpUrl error(HttpUrl root) {
        return root.newBuilder()
                .addEncodedPathSegment(RandomLabel.next() + "%00%c0%af%27")
                .encodedQuery("q%5B%5D=%27%22%3E%FF")
                .build();
    }

    private static FetchRequest get(@org.jspecify.annotations.Nullable HttpUrl url) {
        if (url == null) {
            throw new IllegalArgumentException("a built-in path does not resolve");
        }
        return FetchRequest.snippet(url).withTimeout(TIMEOUT);
    }

    private List<HttpExchange> fetchAll(List<FetchRequest> requests, boolean multiplexed) {
        int lanes = multiplexed ? requests.size() : Math.min(MAX_CONCURRENT_REQUESTS, requests.size());
        AtomicInteger next = new AtomicInteger();
        List<Future<Map<Integer, HttpExchange>>> running = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            running.add(context.tasks().start(() -> lane(requests, next)));
        }
        SortedMap<Integer, HttpExchange> answers = new TreeMap<>();
        running.forEach(lane -> answers.putAll(TaskScope.join(lane)));
        return List.copyOf(answers.values());
    }

    /**
     * Sends requests until none is left. The lanes share one queue, so that a lane that still connects delays nothing.
     */
    private Map<Integer, HttpExchange> lane(List<FetchRequest> requests, AtomicInteger next) {
        Map<Integer, HttpExchange> answers = new HashMap<>();
        for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
            answers.put(i, context.httpFetcher().fetch(requests.get(i)));
        }
        return answers;
    }
}
