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
 * Observations that went through a file. Whatever observations a test of this project makes go this way once: what they are
 * judged as must not depend on it.
 */
public final class Rerecorded {
    private Rerecorded() {}

    /** The same observations, after a look at whether a recording of them is judged as they are. */
    public static Observations alike(Observations seen) {
        assertEquals(report(seen), report(read(text(seen)).observations()));
        return seen;
    }

    /** A file that holds something of nearly every kind; of another seed, other kinds. */
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

    /** The whole report but for what is made up anew for each. */
    static String report(Observations seen) {
        Report report = Judge.report(seen, Duration.ZERO);
        ObjectNode answer = ReportJson.answer(report);
        ((ObjectNode) answer.get("scan")).put("id", "");
        return ReportJson.text(answer);
    }
}
