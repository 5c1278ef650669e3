package dev.websentry.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.Judge;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
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
public final class Rerecorded {
    private Rerecorded() {}

    /**
     * Asserts that a recording of the observations is graded as they are.
     *
     * @return the same observations
     */
    public static Observations alike(Observations seen) {
        assertEquals(report(seen), report(read(text(seen)).observations()));
        return seen;
    }

    /**
     * Returns a recording with random values of nearly every type.
     *
     * @param seed seed of the random values; other seeds cover other types
     */
    public static String ofEverything(long seed) {
        try {
            return text((Recording) new Filled(seed).value(Recording.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Observations seen, String... secrets) {
        return text(Recording.of(seen, Duration.ofMillis(1234)), secrets);
    }

    static String text(Recording recording, String... secrets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            RecordingWriter.write(recording, List.of(secrets), out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static Recording read(String text) {
        try {
            return RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | NotARecording e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the report of the observations as JSON, without the ID that is random for each report. */
    static String report(Observations seen) {
        Report report = Judge.report(seen, Duration.ZERO);
        ObjectNode answer = ReportJson.answer(report);
        ((ObjectNode) answer.get("scan")).put("id", "");
        return ReportJson.text(answer);
    }
}
