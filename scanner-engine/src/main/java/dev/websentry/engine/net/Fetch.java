package dev.websentry.engine.net;

import dev.websentry.engine.syntax.Header;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * An HTTP request and its limits.
 *
 * @param method the HTTP method
 * @param url the URL
 * @param headers request headers in addition to those that every request has
 * @param bodyLimit the maximum number of bytes to read of the decoded body
 * @param pinned the address to connect to; empty for any address of the host
 * @param timeout the time limit of the whole exchange; the scan's deadline applies as well
 */
public record Fetch(
        String method,
        HttpUrl url,
        List<Header> headers,
        int bodyLimit,
        Optional<InetAddress> pinned,
        Duration timeout) {
    /** The maximum size of a page that is evaluated as a whole, in bytes. */
    public static final int PAGE = 1 << 20;
    /** The maximum size of any other response body, in bytes. */
    public static final int SNIPPET = 4 << 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public Fetch {
        headers = List.copyOf(headers);
    }

    /**
     * Returns the maximum number of header lines to keep. Observations keep all responses until the end of the scan,
     * and thirty responses full of empty lines could otherwise exhaust the heap.
     */
    int headerLimit() {
        return bodyLimit >= PAGE ? 12_000 : 1_000;
    }

    /** Creates a GET request for a page that is evaluated as a whole. */
    public static Fetch page(HttpUrl url) {
        return new Fetch("GET", url, List.of(), PAGE, Optional.empty(), TIMEOUT);
    }

    /** Creates a GET request of whose response body only the beginning is read. */
    public static Fetch snippet(HttpUrl url) {
        return new Fetch("GET", url, List.of(), SNIPPET, Optional.empty(), TIMEOUT);
    }

    /** Returns a copy with these additional headers instead of the current ones. */
    public Fetch with(Header... more) {
        return new Fetch(method, url, List.of(more), bodyLimit, pinned, timeout);
    }

    /** Returns a copy with another URL. */
    public Fetch to(HttpUrl other) {
        return new Fetch(method, other, headers, bodyLimit, pinned, timeout);
    }

    /** Returns a copy with another method. */
    public Fetch withMethod(String other) {
        return new Fetch(other, url, headers, bodyLimit, pinned, timeout);
    }

    /** Returns a copy that connects only to the given address. */
    public Fetch at(InetAddress address) {
        return new Fetch(method, url, headers, bodyLimit, Optional.of(address), timeout);
    }

    /** Returns a copy with another timeout. */
    public Fetch withTimeout(Duration other) {
        return new Fetch(method, url, headers, bodyLimit, pinned, other);
    }
}
