package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.Observation;
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
final class PkiDownloader {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpFetcher http;
    private final Map<DownloadKey, CompletableFuture<Observation<byte[]>>> downloads = new ConcurrentHashMap<>();

    /** The URL and the size limit of a file; a file that exceeds one limit may fit another. */
    private record DownloadKey(HttpUrl url, int limit) {}

    PkiDownloader(HttpFetcher http) {
        this.http = http;
    }

    /**
     * Downloads a file, or waits for a download that is already running.
     *
     * @param url the URL of the file
     * @param limit the maximum size of the file in bytes
     * @return the bytes of the file; unknown if it could not be downloaded or is too large
     */
    Observation<byte[]> download(HttpUrl url, int limit) {
        CompletableFuture<Observation<byte[]>> own = new CompletableFuture<>();
        CompletableFuture<Observation<byte[]>> running = downloads.putIfAbsent(new DownloadKey(url, limit), own);
        if (running != null) {
            return TaskScope.join(running);
        }
        try {
            own.complete(http.download(new FetchRequest("GET", url, List.of(), limit, Optional.empty(), TIMEOUT)));
        } catch (Throwable e) {
            // Other threads that wait for this file would otherwise wait forever.
            own.completeExceptionally(e);
            throw e;
        }
        return own.join();
    }
}
