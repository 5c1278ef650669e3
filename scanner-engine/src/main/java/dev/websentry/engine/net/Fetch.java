package dev.websentry.engine.net;

import dev.websentry.engine.syntax.Header;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One HTTP request to make.
 *
 * @param headers beside the ones that every request carries
 * @param bodyLimit bytes of the decoded body that are read
 * @param pinned the one address to connect to, instead of any of the host's
 * @param timeout for the whole of it; the scan's deadline counts as well
 */
public record Fetch(
        String method,
        HttpUrl url,
        List<Header> headers,
        int bodyLimit,
        Optional<InetAddress> pinned,
        Duration timeout) {
    /** The entry page is read this far. */
    public static final int PAGE = 1 << 20;
    /** Everything else is read this far. */
    public static final int SNIPPET = 4 << 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public Fetch {
        headers = List.copyOf(headers);
    }

    /**
     * Lines of the header section that are kept. Observations keep every answer to the end: thirty answers of empty lines
     * up to the bound in bytes would be a heap full.
     */
    int headerLimit() {
        return bodyLimit >= PAGE ? 12_000 : 1_000;
    }

    /** A GET for a page that is judged whole. */
    public static Fetch page(HttpUrl url) {
        return new Fetch("GET", url, List.of(), PAGE, Optional.empty(), TIMEOUT);
    }

    /** A GET of which the beginning is enough. */
    public static Fetch snippet(HttpUrl url) {
        return new Fetch("GET", url, List.of(), SNIPPET, Optional.empty(), TIMEOUT);
    }

    public Fetch with(Header... more) {
        return new Fetch(method, url, List.of(more), bodyLimit, pinned, timeout);
    }

    public Fetch to(HttpUrl other) {
        return new Fetch(method, other, headers, bodyLimit, pinned, timeout);
    }

    public Fetch method(String other) {
        return new Fetch(other, url, headers, bodyLimit, pinned, timeout);
    }

    public Fetch at(InetAddress address) {
        return new Fetch(method, url, headers, bodyLimit, Optional.of(address), timeout);
    }

    public Fetch timeout(Duration other) {
        return new Fetch(method, url, headers, bodyLimit, pinned, other);
    }
}
