package dev.websentry.engine.run.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportReader;
import dev.websentry.engine.run.server.ApiCall.Answer;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanException.Reason;
import dev.websentry.engine.target.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Scans that a WebSentry server does: {@code POST /api/scan}, then {@code GET /api/scan/:id/json}. The key goes to this
 * server alone and stands in no message and no report. Thread-safe.
 */
public final class ServerScans implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** For a server that is busy and does not say for how long. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final WebSentryServer server;
    private final ApiCall api;
    private final ApiErrors errors;

    public ServerScans(WebSentryServer server) {
        this.server = server;
        this.api = new ApiCall(server);
        this.errors = new ApiErrors(server);
    }

    /** One request, which may have to be made again. */
    private interface Attempt {
        Answer make(Duration timeout) throws IOException;
    }

    /**
     * Lets the server scan.
     *
     * @throws ScanException when it cannot, or does not answer as documented; says what to do
     */
    public Report scan(Target target) throws ScanException {
        long end = System.nanoTime() + server.timeout().toNanos();
        byte[] question = JsonNodeFactory.instance
                .objectNode()
                .put("url", target.given())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        JsonNode begun = json(patiently(end, timeout -> api.post("api/scan", question, timeout)));
        String id = begun.path("scanId").asText("");
        if (id.isEmpty() || !begun.path("ok").asBoolean()) {
            throw errors.undocumented("POST /api/scan brought no scanId");
        }
        String path = HttpUrl.get("http://localhost/")
                .newBuilder()
                .addPathSegment(id)
                .build()
                .encodedPath();
        String text = patiently(end, timeout -> api.get("api/scan" + path + "/json", timeout));
        try {
            return ReportReader.read(errors.withoutKey(text));
        } catch (ReportReader.NotAReport e) {
            throw errors.undocumented("its report cannot be read: " + e.getMessage());
        }
    }

    /** The body of a 200; waits for a server that asks for it, as far as the time allows. */
    private String patiently(long end, Attempt attempt) throws ScanException {
        while (true) {
            Answer answer = answer(end, attempt);
            if (answer.status() == 200) {
                return answer.body()
                        .orElseThrow(() ->
                                errors.undocumented("its answer is larger than " + ApiCall.MOST_BYTES + " bytes"));
            }
            Optional<Duration> wait = wait(answer);
            if (wait.isEmpty() || System.nanoTime() + wait.get().toNanos() >= end) {
                throw errors.of(answer);
            }
            pause(wait.get());
        }
    }

    private static Optional<Duration> wait(Answer answer) {
        boolean mayWait = answer.status() == 429 || answer.status() == 503;
        Optional<Duration> asked = answer.retryAfter().flatMap(RetryAfter::parse);
        return !mayWait
                ? Optional.empty()
                : asked.or(() -> answer.status() == 503 ? Optional.of(PAUSE) : Optional.empty());
    }

    private Answer answer(long end, Attempt attempt) throws ScanException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw errors.timedOut();
        }
        try {
            return attempt.make(Duration.ofNanos(Math.max(left, 1_000_000)));
        } catch (InterruptedIOException e) {
            throw Thread.interrupted() ? interrupted() : errors.timedOut();
        } catch (IOException e) {
            throw errors.unreachable(e);
        }
    }

    private static void pause(Duration duration) throws ScanException {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ScanException interrupted() {
        Thread.currentThread().interrupt();
        return new ScanException(Reason.INTERRUPTED, "the scan was interrupted");
    }

    private JsonNode json(String text) throws ScanException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw errors.undocumented("its answer is not JSON");
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
