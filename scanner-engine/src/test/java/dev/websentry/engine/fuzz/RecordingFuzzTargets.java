package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Grader;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.recording.InvalidRecordingException;
import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.recording.RecordingReader;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.engine.recording.RecordingWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Fuzz target for recordings, which are untrusted. */
final class RecordingFuzzTargets {
    /** Maximum length of an error message, which must not repeat the file. */
    private static final int MAX_MESSAGE_LENGTH = 600;

    private RecordingFuzzTargets() {}

    static List<FuzzTarget> all() {
        String page = text(Recording.of(
                ObservedSite.page()
                        .header("Set-Cookie", "sid=1; Secure")
                        .header("Content-Security-Policy", "default-src 'self'")
                        .unrecordedObservations(),
                Duration.ofMillis(1234)));
        return List.of(FuzzTarget.ofUtf8(
                "recording",
                256 << 10,
                List.of(page, RecordingRoundTrip.randomRecording(0), RecordingRoundTrip.randomRecording(1)),
                FuzzTarget.words(
                        "{ } [ ] , : \" null true 0 -1 1e9 99999999999 \"\" {\"seen\":{\"value\": "
                                + "{\"unknown\":{\"reason\":\"\"}} \"status\": \"response\": \"failure\": PT1S \"recordVersion\": \\ud800"),
                RecordingFuzzTargets::recording));
    }

    /** Every valid recording can be graded, and writing it again results in the same file. */
    private static void recording(String text) throws Exception {
        Recording recording;
        try {
            recording = read(text);
        } catch (InvalidRecordingException e) {
            String message = String.valueOf(e.getMessage());
            assertFalse(message.isBlank());
            assertFalse(message.contains("\n"), message);
            assertTrue(message.length() < MAX_MESSAGE_LENGTH, message);
            return;
        }
        assertEquals(
                List.of(),
                Grader.grade(recording.observations(), recording.duration()).internalErrors());
        String written = text(recording);
        assertEquals(written, text(read(written)));
    }

    private static Recording read(String text) throws IOException, InvalidRecordingException {
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
