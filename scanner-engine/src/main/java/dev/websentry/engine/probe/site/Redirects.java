package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Chain.End;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Response;
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
public final class Redirects {
    /** The maximum number of redirects. RFC 9110 section 15.4 defines none; browsers stop at 20. */
    static final int MOST = 20;

    private final HttpFetcher http;
    private final Deadline deadline;

    /** Creates the follower of one scan. */
    public Redirects(HttpFetcher http, Deadline deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /** Sends a request and follows its redirects. */
    public Chain follow(Fetch first) {
        return follow(fetch(first), first);
    }

    /**
     * Follows the redirects of a response.
     *
     * @param first the first hop with its response
     * @param like the template for the following requests
     * @return the chain, including the first hop
     */
    Chain follow(Exchange first, Fetch like) {
        List<Exchange> hops = new ArrayList<>(List.of(first));
        ChainCookies cookies = new ChainCookies();
        Set<String> visited = new HashSet<>(Set.of(first.url() + " "));
        Exchange current = first;
        while (true) {
            Response response = current.response().orElse(null);
            if (response == null) {
                return new Chain(hops, End.FAILED);
            }
            if (!response.isRedirect()) {
                return new Chain(hops, End.ANSWERED);
            }
            HttpUrl next = location(current.url(), response);
            if (next == null) {
                return new Chain(hops, End.INVALID_LOCATION);
            }
            if (hops.size() > MOST) {
                return new Chain(hops, End.TOO_MANY_HOPS);
            }
            cookies.store(current.url(), response);
            Optional<Header> cookie = cookies.header(next);
            if (!visited.add(next + " " + cookie.map(Header::value).orElse(""))) {
                return new Chain(hops, End.LOOP);
            }
            Fetch request = like.to(next).with(cookie.stream().toArray(Header[]::new));
            // The cookies are removed, because observations outlive the scan.
            Exchange sent = fetch(request);
            current = new Exchange(sent.method(), sent.url(), List.of(), sent.result());
            hops.add(current);
        }
    }

    /** Sends a request; it is repeated once if the connection timed out or was lost. */
    Exchange fetch(Fetch fetch) {
        Exchange exchange = http.fetch(fetch);
        boolean retry = exchange.failure()
                .map(failure -> failure.kind() == Failure.Kind.CONNECT_TIMED_OUT
                        || failure.kind() == Failure.Kind.CONNECTION_LOST)
                .orElse(false);
        return retry && !deadline.hasPassed() && !Thread.currentThread().isInterrupted() ? http.fetch(fetch) : exchange;
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
