package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SensitivePaths;
import dev.websentry.engine.observe.SiteObservations.Announced;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
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
public final class Leakage {
    /** The maximum number of concurrent requests over HTTP/1.1, where each request needs its own connection. */
    private static final int MAX_CONCURRENT_REQUESTS = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public Leakage(ProbeContext context) {
        this.context = context;
    }

    /**
     * Sends all requests except those for directories, which depend on the entry page.
     *
     * @param first the first response of the requested host, whose scheme, port and protocol are used
     * @return the responses; unknown if the requests for random paths, which serve as the baseline, failed
     */
    public Observed<LeakageAnswers> probe(Exchange first) {
        HttpUrl root = first.url().resolve("/");
        if (root == null) {
            throw new IllegalStateException("an http URL always has a root");
        }
        boolean multiplexed =
                first.response().map(Response::protocol).orElse("").equals("h2");
        List<Exchange> canaries = fetchAll(canaries(root), multiplexed);
        for (Exchange canary : canaries) {
            if (canary.failure().isPresent()) {
                return Observed.unknown("a request for a random path received no response: "
                        + canary.failure().get().detail());
            }
        }
        List<Fetch> requests = new ArrayList<>(List.of(
                get(root),
                get(root.resolve("/.well-known/security.txt")),
                get(root).withMethod("TRACE"),
                get(error(root))));
        int others = requests.size();
        if (context.options().probePaths()) {
            SensitivePaths.ALL.forEach(path -> requests.add(get(root.resolve(path))));
        }
        List<Exchange> answers = fetchAll(requests, multiplexed);
        return Observed.seen(new LeakageAnswers(
                new Ordinary(canaries, answers.get(0)),
                answers.subList(others, answers.size()),
                answers.get(3),
                List.of(),
                new Announced(answers.get(1), answers.get(2))));
    }

    /**
     * Requests directories.
     *
     * @param urls the URLs of the directories
     * @return the responses in the order of the URLs
     */
    public List<Exchange> directories(List<HttpUrl> urls) {
        return fetchAll(urls.stream().map(Leakage::get).toList(), true);
    }

    private static List<Fetch> canaries(HttpUrl root) {
        return List.of(
                get(root.resolve("/" + RandomName.next())), get(root.resolve("/." + RandomName.next() + "/config")));
    }

    /**
     * Returns a URL with invalid UTF-8, a NUL and a quote, which makes careless servers respond with a detailed error.
     */
    private static HttpUrl error(HttpUrl root) {
        return root.newBuilder()
                .addEncodedPathSegment(RandomName.next() + "%00%c0%af%27")
                .encodedQuery("q%5B%5D=%27%22%3E%FF")
                .build();
    }

    private static Fetch get(@org.jspecify.annotations.Nullable HttpUrl url) {
        if (url == null) {
            throw new IllegalArgumentException("a built-in path does not resolve");
        }
        return Fetch.snippet(url).withTimeout(TIMEOUT);
    }

    private List<Exchange> fetchAll(List<Fetch> requests, boolean multiplexed) {
        int lanes = multiplexed ? requests.size() : Math.min(MAX_CONCURRENT_REQUESTS, requests.size());
        AtomicInteger next = new AtomicInteger();
        List<Future<Map<Integer, Exchange>>> running = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            running.add(context.tasks().start(() -> lane(requests, next)));
        }
        SortedMap<Integer, Exchange> answers = new TreeMap<>();
        running.forEach(lane -> answers.putAll(Tasks.join(lane)));
        return List.copyOf(answers.values());
    }

    /**
     * Sends requests until none is left. The lanes share one queue, so that a lane that still connects delays nothing.
     */
    private Map<Integer, Exchange> lane(List<Fetch> requests, AtomicInteger next) {
        Map<Integer, Exchange> answers = new HashMap<>();
        for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
            answers.put(i, context.http().fetch(requests.get(i)));
        }
        return answers;
    }
}
