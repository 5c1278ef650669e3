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
 * @param maxBodyBytes the maximum number of bytes to read of the decoded body
 * @param pinnedAddress the address to connect to; empty for any address of the host
 * @param timeout the time limit of the whole exchange; the scan's deadline applies as well
 */
public record FetchRequest(
        String method,
        HttpUrl url,
        List<Header> headers,
        int maxBodyBytes,
        Optional<InetAddress> pinnedAddress,
        Duration timeout) {
    /** The maximum size of a page that is evaluated as a whole, in bytes. */
    public static final int MAX_PAGE_BYTES = 1 << 20;
    /** The maximum size of any other response body, in bytes. */
    public static final int MAX_SNIPPET_BYTES = 4 << 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public FetchRequest {
        headers = List.copyOf(headers);
    }

    /**
     * Returns the maximum number of header lines to keep. Observations keep all responses until the end of the scan,
     * and thirty responses full of empty lines could otherwise exhaust the heap.
     */
    int maxHeaderLines() {
        return maxBodyBytes >= MAX_PAGE_BYTES ? 12_000 : 1_000;
    }

    /** Creates a GET request for a page that is evaluated as a whole. */
    public static FetchRequest page(HttpUrl url) {
        return new FetchRequest("GET", url, List.of(), MAX_PAGE_BYTES, Optional.empty(), TIMEOUT);
    }

    /** Creates a GET request of whose response body only the beginning is read. */
    public static FetchRequest snippet(HttpUrl url) {
        return new FetchRequest("GET", url, List.of(), MAX_SNIPPET_BYTES, Optional.empty(), TIMEOUT);
    }

    /** Returns a copy with these additional headers instead of the current ones. */
    public FetchRequest withHeaders(Header... more) {
        return new FetchRequest(method, url, List.of(more), maxBodyBytes, pinnedAddress, timeout);
    }

    /** Returns a copy with another URL. */
    public FetchRequest withUrl(HttpUrl other) {
        return new FetchRequest(method, other, headers, maxBodyBytes, pinnedAddress, timeout);
    }

    /** Returns a copy with another method. */
    public FetchRequest withMethod(String other) {
        return new FetchRequest(other, url, headers, maxBodyBytes, pinnedAddress, timeout);
    }

    /** Returns a copy that connects only to the given address. */
    public FetchRequest pinnedTo(InetAddress address) {
        return new FetchRequest(method, url, headers, maxBodyBytes, Optional.of(address), timeout);
    }

    /** Returns a copy with another timeout. */
    public FetchRequest withTimeout(Duration other) {
        return new FetchRequest(method, url, headers, maxBodyBytes, pinnedAddress, other);
    }
}
