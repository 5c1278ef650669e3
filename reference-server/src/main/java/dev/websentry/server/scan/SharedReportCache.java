package dev.websentry.server.scan;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Keeps the rendered and compressed responses of shared reports, which anyone can request any number of times and which
 * never change. Each request must check before that its share link was not revoked. See ADR 74.
 */
@Component
public class SharedReportCache {
    static final int MAX_BYTES = 16 << 20;

    private final Map<String, CachedResponse> entries = new LinkedHashMap<>(64, 0.75f, true);
    private int bytes;

    SharedReportCache() {}

    /**
     * Returns a response with an entity tag, compressed if the client accepts it. Spring responds with 304 if the
     * client
     * has it already. Clients must ask each time, so that a revoked link ends at once.
     *
     * @param key identifies the scan, the representation and everything else that the response depends on
     * @param rendering creates the response if it is not in the cache
     */
    public ResponseEntity<byte[]> get(
            HttpServletRequest request, String key, Supplier<ResponseEntity<byte[]>> rendering) {
        CachedResponse entry = find(key);
        if (entry == null) {
            entry = CachedResponse.of(rendering.get());
            add(key, entry);
        }
        boolean gzip = Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
                .headers(entry.headers)
                .cacheControl(CacheControl.noCache())
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .eTag(entry.etag);
        return gzip
                ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(entry.compressed)
                : response.body(entry.body);
    }

    private synchronized @Nullable CachedResponse find(String key) {
        return entries.get(key);
    }

    private synchronized void add(String key, CachedResponse entry) {
        if (entry.size() > MAX_BYTES / 4) {
            return;
        }
        CachedResponse previous = entries.put(key, entry);
        bytes += entry.size() - (previous == null ? 0 : previous.size());
        Iterator<CachedResponse> oldest = entries.values().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }

    synchronized int size() {
        return bytes;
    }

    private static final class CachedResponse {
        /** About the memory that the key and the headers need. */
        private static final int OVERHEAD = 1024;

        private final HttpHeaders headers;
        private final byte[] body;
        private final byte[] compressed;
        private final String etag;

        private CachedResponse(HttpHeaders headers, byte[] body, byte[] compressed, String etag) {
            this.headers = headers;
            this.body = body;
            this.compressed = compressed;
            this.etag = etag;
        }

        static CachedResponse of(ResponseEntity<byte[]> rendered) {
            byte[] body = Objects.requireNonNull(rendered.getBody());
            HttpHeaders headers = new HttpHeaders();
            headers.putAll(rendered.getHeaders());
            // Weak, because the compressed response has the same tag (RFC 9110 section 8.8.1).
            String etag = "W/\"" + DigestUtils.md5DigestAsHex(body) + "\"";
            return new CachedResponse(headers, body, Gzip.compress(body), etag);
        }

        int size() {
            return body.length + compressed.length + OVERHEAD;
        }
    }
}
