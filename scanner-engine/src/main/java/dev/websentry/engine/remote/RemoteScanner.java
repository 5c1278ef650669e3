package dev.websentry.engine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.remote.ApiClient.ApiResponse;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Scans targets on a WebSentry server: {@code POST /api/scan}, then {@code GET /api/scan/:id/json}. The API key is sent
 * to this server only, and never appears in messages or reports. Thread-safe.
 */
public final class RemoteScanner implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** The id of a scan that does not exist, in the format of ids. */
    private static final String UNKNOWN_SCAN = "00000000000000000000000000000000";
    /** The wait before a retry if a busy server does not send Retry-After. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    private final RemoteServer server;
    private final ApiClient api;
    private final ApiErrorMapper errors;

    public RemoteScanner(RemoteServer server) {
        this.server = server;
        this.api = new ApiClient(server);
        this.errors = new ApiErrorMapper(server);
    }

    /** A request that can be repeated. */
    private interface RepeatableRequest {
        ApiResponse send(Duration timeout) throws IOException;
    }

    /**
     * Scans a target on the server.
     *
     * @return the report of the server
     * @throws ScanException if the server cannot scan the target or does not respond as documented
     */
    public Report scan(Target target) throws ScanException {
        long end = System.nanoTime() + server.timeout().toNanos();
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("url", target.input())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        JsonNode started = json(sendWithRetries(end, timeout -> api.post("api/scan", body, timeout)));
        String id = started.path("scanId").asText("");
        if (id.isEmpty() || !started.path("ok").asBoolean()) {
            throw errors.undocumentedResponse("POST /api/scan returned no scanId");
        }
        String path = HttpUrl.get("http://localhost/")
                .newBuilder()
                .addPathSegment(id)
                .build()
                .encodedPath();
        String text = sendWithRetries(end, timeout -> api.get("api/scan" + path + "/json", timeout));
        try {
            return ReportJsonReader.read(errors.maskApiKey(text));
        } catch (ReportJsonReader.InvalidReportException e) {
            throw errors.undocumentedResponse("invalid report: " + e.getMessage());
        }
    }

    /**
     * Tests whether the server responds as a WebSentry API and accepts the API key. Starts no scan.
     *
     * @throws ScanException if the server cannot be reached, rejects the API key or does not respond as documented
     */
    public void testConnection() throws ScanException {
        long end = System.nanoTime() + server.timeout().toNanos();
        ApiResponse answer = answer(end, timeout -> api.get("api/scan/" + UNKNOWN_SCAN + "/json", timeout));
        if (answer.status() == 200) {
            throw errors.undocumentedResponse("it returned a report for an unknown scan");
        }
        if (answer.status() != 404 || !isApiError(answer)) {
            throw errors.toException(answer);
        }
    }

    /** Returns whether a response is an error of the API and not the page of another server. */
    private static boolean isApiError(ApiResponse answer) {
        try {
            JsonNode ok = MAPPER.readTree(answer.body().orElse("")).path("ok");
            return ok.isBoolean() && !ok.booleanValue();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns the body of a 200 response. Retries while the server is busy, until {@code end} in nanoseconds. */
    private String sendWithRetries(long end, RepeatableRequest request) throws ScanException {
        while (true) {
            ApiResponse answer = answer(end, request);
            if (answer.status() == 200) {
                return answer.body()
                        .orElseThrow(() -> errors.undocumentedResponse(
                                "the response is larger than " + ApiClient.MAX_RESPONSE_BYTES + " bytes"));
            }
            Optional<Duration> wait = wait(answer);
            if (wait.isEmpty() || System.nanoTime() + wait.get().toNanos() >= end) {
                throw errors.toException(answer);
            }
            pause(wait.get());
        }
    }

    private static Optional<Duration> wait(ApiResponse answer) {
        boolean retryable = answer.status() == 429 || answer.status() == 503;
        Optional<Duration> retryAfter = answer.retryAfter().flatMap(RetryAfter::parse);
        return !retryable
                ? Optional.empty()
                : retryAfter.or(() -> answer.status() == 503 ? Optional.of(RETRY_INTERVAL) : Optional.empty());
    }

    private ApiResponse answer(long end, RepeatableRequest request) throws ScanException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw errors.timedOut();
        }
        try {
            return request.send(Duration.ofNanos(Math.max(left, 1_000_000)));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted() || api.isClosed()) {
                throw interrupted();
            }
            throw e instanceof InterruptedIOException ? errors.timedOut() : errors.unreachable(e);
        }
    }

    private static void pause(Duration duration) throws ScanException {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private static ScanException interrupted() {
        return new ScanException(ScanFailureReason.INTERRUPTED, "the scan was interrupted");
    }

    private JsonNode json(String text) throws ScanException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw errors.undocumentedResponse("the response is not JSON");
        }
    }

    /** Ends the scans that are running with INTERRUPTED. */
    @Override
    public void close() {
        api.close();
    }
}
