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
 * Follows redirects hop by hop, as a browser does: Location resolved against the current URL, its fragment dropped,
 * cookies of this one chain sent back, since some sites redirect in a circle without them.
 */
public final class Redirects {
    /** RFC 9110 section 15.4 leaves the number open; browsers stop at 20. */
    static final int MOST = 20;

    private final HttpFetcher http;
    private final Deadline deadline;

    public Redirects(HttpFetcher http, Deadline deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /** The chain that begins with this request. */
    public Chain follow(Fetch first) {
        return follow(fetch(first), first);
    }

    /**
     * The rest of a chain.
     *
     * @param first its first hop, already made
     * @param like how to make the others
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
            // Without the cookies: observations outlive the scan.
            Exchange made = fetch(request);
            current = new Exchange(made.method(), made.url(), List.of(), made.result());
            hops.add(current);
        }
    }

    /** One request, repeated once where only the connection was at fault. */
    Exchange fetch(Fetch fetch) {
        Exchange once = http.fetch(fetch);
        boolean again = once.failure()
                .map(failure -> failure.kind() == Failure.Kind.CONNECT_TIMED_OUT
                        || failure.kind() == Failure.Kind.CONNECTION_LOST)
                .orElse(false);
        return again && !deadline.hasPassed() && !Thread.currentThread().isInterrupted() ? http.fetch(fetch) : once;
    }

    /** Where an answer leads; null when no browser would follow. Several unlike Location lines are an error (Fetch, 2.2.6). */
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
