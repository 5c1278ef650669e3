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

/**
 * Downloads the files that certificates refer to (issuer certificates, OCSP responses and CRLs). Each file is
 * downloaded only once in a scan, even if it is requested several times. Thread-safe.
 */
final class Downloads {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpFetcher http;
    private final Map<DownloadKey, CompletableFuture<Observed<byte[]>>> downloads = new ConcurrentHashMap<>();

    /** The URL and the size limit of a file; a file that exceeds one limit may fit another. */
    private record DownloadKey(HttpUrl url, int limit) {}

    Downloads(HttpFetcher http) {
        this.http = http;
    }

    /**
     * Downloads a file, or waits for a download that is already running.
     *
     * @param url the URL of the file
     * @param limit the maximum size of the file in bytes
     * @return the bytes of the file; unknown if it could not be downloaded or is too large
     */
    Observed<byte[]> get(HttpUrl url, int limit) {
        CompletableFuture<Observed<byte[]>> own = new CompletableFuture<>();
        CompletableFuture<Observed<byte[]>> running = downloads.putIfAbsent(new DownloadKey(url, limit), own);
        if (running != null) {
            return Tasks.join(running);
        }
        try {
            own.complete(http.download(new Fetch("GET", url, List.of(), limit, Optional.empty(), TIMEOUT)));
        } catch (Throwable e) {
            // Other threads that wait for this file would otherwise wait forever.
            own.completeExceptionally(e);
            throw e;
        }
        return own.join();
    }
}
