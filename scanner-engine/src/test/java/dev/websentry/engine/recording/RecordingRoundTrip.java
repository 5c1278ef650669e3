package dev.websentry.engine.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.Grader;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Writes recordings and reads them back. All observations that tests build pass through here once, to verify that a
 * recording is graded exactly as the observations themselves.
 */
public final class RecordingRoundTrip {
    private RecordingRoundTrip() {}

    /**
     * Asserts that a recording of the observations is graded as they are.
     *
     * @return the same observations
     */
    public static ScanObservations assertSameReport(ScanObservations seen) {
        assertEquals(reportJson(seen), reportJson(fromJson(toJson(seen)).observations()));
        return seen;
    }

    /**
     * Returns a recording with random values of nearly every type.
     *
     * @param seed seed of the random values; other seeds cover other types
     */
    public static String randomRecording(long seed) {
        try {
            return toJson((Recording) new RandomValues(seed).create(Recording.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String toJson(ScanObservations seen, String... secrets) {
        return toJson(Recording.of(seen, Duration.ofMillis(1234)), secrets);
    }

    static String toJson(Recording recording, String... secrets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            RecordingWriter.write(recording, List.of(secrets), out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static Recording fromJson(String text) {
        try {
            return RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | InvalidRecordingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the report of the observations as JSON, without the ID that is random for each report. */
    static String reportJson(ScanObservations seen) {
        Report report = Grader.grade(seen, Duration.ZERO);
        ObjectNode answer = ReportJsonWriter.toJson(report);
        ((ObjectNode) answer.get("scan")).put("id", "");
        return ReportJsonWriter.toPrettyString(answer);
    }
}
