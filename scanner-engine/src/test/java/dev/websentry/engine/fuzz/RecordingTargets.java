package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Judge;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.record.NotARecording;
import dev.websentry.engine.record.Recording;
import dev.websentry.engine.record.RecordingReader;
import dev.websentry.engine.record.RecordingWriter;
import dev.websentry.engine.record.Rerecorded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Fuzz target for recordings, which are untrusted. */
final class RecordingTargets {
    /** Maximum length of an error message, which must not repeat the file. */
    private static final int MAX_MESSAGE_LENGTH = 600;

    private RecordingTargets() {}

    static List<FuzzTarget> all() {
        String page = text(Recording.of(
                SeenSite.page()
                        .header("Set-Cookie", "sid=1; Secure")
                        .header("Content-Security-Policy", "default-src 'self'")
                        .bare(),
                Duration.ofMillis(1234)));
        return List.of(FuzzTarget.ofText(
                "recording",
                256 << 10,
                List.of(page, Rerecorded.ofEverything(0), Rerecorded.ofEverything(1)),
                FuzzTarget.words(
                        "{ } [ ] , : \" null true 0 -1 1e9 99999999999 \"\" {\"seen\":{\"value\": "
                                + "{\"unknown\":{\"reason\":\"\"}} \"status\": \"response\": \"failure\": PT1S \"recordVersion\": \\ud800"),
                RecordingTargets::recording));
    }

    /** Every valid recording can be graded, and writing it again results in the same file. */
    private static void recording(String text) throws Exception {
        Recording recording;
        try {
            recording = read(text);
        } catch (NotARecording e) {
            String message = String.valueOf(e.getMessage());
            assertFalse(message.isBlank());
            assertFalse(message.contains("\n"), message);
            assertTrue(message.length() < MAX_MESSAGE_LENGTH, message);
            return;
        }
        Judge.report(recording.observations(), recording.duration());
        String written = text(recording);
        assertEquals(written, text(read(written)));
    }

    private static Recording read(String text) throws IOException, NotARecording {
        return RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Recording recording) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            RecordingWriter.write(recording, List.of(), out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
