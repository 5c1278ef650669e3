package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.RedirectChain.RedirectChainEnd;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Follows redirects hop by hop, as a browser does. The Location is resolved against the current URL and its fragment is
 * removed. Cookies that are set within the chain are sent back, because some sites redirect in a loop without them.
 */
public final class RedirectFollower {
    /** The maximum number of redirects. RFC 9110 section 15.4 defines none; browsers stop at 20. */
    static final int MAX_REDIRECTS = 20;

    private static final Set<Failure.RequestFailureKind> RETRIED = Set.of(
            Failure.RequestFailureKind.CONNECT_TIMED_OUT,
            Failure.RequestFailureKind.CLOSED,
            Failure.RequestFailureKind.CONNECTION_LOST);

    private final HttpFetcher http;
    private final Deadline deadline;

    /** Creates the follower of one scan. */
    public RedirectFollower(HttpFetcher http, Deadline deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /** Sends a request and follows its redirects. */
    public RedirectChain follow(FetchRequest first) {
        return follow(fetchWithRetry(first), first);
    }

    /**
     * Follows the redirects of a response.
     *
     * @param first the first hop with its response
     * @param like the template for the following requests
     * @return the chain, including the first hop
     */
    RedirectChain follow(HttpExchange first, FetchRequest like) {
        List<HttpExchange> hops = new ArrayList<>(List.of(first));
        RedirectCookies cookies = new RedirectCookies();
        Set<String> visited = new HashSet<>(Set.of(first.url() + " "));
        HttpExchange current = first;
        while (true) {
            Response response = current.response().orElse(null);
            if (response == null) {
                return new RedirectChain(hops, RedirectChainEnd.FAILED);
            }
            if (!response.isRedirect()) {
                return new RedirectChain(hops, RedirectChainEnd.ANSWERED);
            }
            HttpUrl next = location(current.url(), response);
            if (next == null) {
                return new RedirectChain(hops, RedirectChainEnd.INVALID_LOCATION);
            }
            if (hops.size() > MAX_REDIRECTS) {
                return new RedirectChain(hops, RedirectChainEnd.TOO_MANY_HOPS);
            }
            cookies.store(current.url(), response);
            Optional<Header> cookie = cookies.cookieHeader(next);
            if (!visited.add(next + " " + cookie.map(Header::value).orElse(""))) {
                return new RedirectChain(hops, RedirectChainEnd.LOOP);
            }
            FetchRequest request =
                    like.withUrl(next).withHeaders(cookie.stream().toArray(Header[]::new));
            // The cookies are removed, because observations outlive the scan.
            HttpExchange sent = fetchWithRetry(request);
            current = new HttpExchange(sent.method(), sent.url(), List.of(), sent.result());
            hops.add(current);
        }
    }

    /**
     * Sends a request; it is repeated once if the connection timed out or was lost. Without the time to repeat it, such
     * a failure counts as a timeout, because checks only rely on it if it occurred twice.
     */
    HttpExchange fetchWithRetry(FetchRequest fetch) {
        HttpExchange exchange = http.fetch(fetch);
        Failure failure = exchange.failure().orElse(null);
        if (failure == null || !RETRIED.contains(failure.kind())) {
            return exchange;
        }
        if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
            Failure once = new Failure(Failure.RequestFailureKind.READ_TIMED_OUT, failure.detail());
            return new HttpExchange(exchange.method(), exchange.url(), exchange.requestHeaders(), once);
        }
        return http.fetch(fetch);
    }

    /**
     * Returns the URL of a redirect; null if no browser would follow it. Several different Location headers are an
     * error (Fetch standard, 2.2.6).
     */
    private static @Nullable HttpUrl location(HttpUrl base, Response response) {
        Set<String> locations = new HashSet<>(response.headers().all("Location"));
        String location = locations.iterator().next();
        if (locations.size() > 1 || location.isBlank()) {
            return null;
        }
        HttpUrl resolved = base.resolve(location);
        return resolved == null || resolved.host().isEmpty()
                ? null
                : resolved.newBuilder().fragment(null).username("").password("").build();
    }
}
