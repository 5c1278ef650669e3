package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** The small files that certificates name: each is asked for once in a scan, whoever wants it, early or late. Thread-safe. */
final class Downloads {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpFetcher http;
    private final Map<File, CompletableFuture<Observed<byte[]>>> known = new ConcurrentHashMap<>();

    /** A file of at most so many bytes: what is too large for one who asks need not be for another. */
    private record File(HttpUrl url, int limit) {}

    Downloads(HttpFetcher http) {
        this.http = http;
    }

    /** @param limit the largest file that is of use, in bytes */
    Observed<byte[]> get(HttpUrl url, int limit) {
        CompletableFuture<Observed<byte[]>> mine = new CompletableFuture<>();
        CompletableFuture<Observed<byte[]>> others = known.putIfAbsent(new File(url, limit), mine);
        if (others != null) {
            return Tasks.join(others);
        }
        try {
            mine.complete(http.download(new Fetch("GET", url, List.of(), limit, Optional.empty(), PATIENCE)));
        } catch (Throwable e) {
            // Whoever else waits for this file would wait for ever.
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }
}
