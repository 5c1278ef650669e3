package dev.websentry.engine.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Grader;
import dev.websentry.engine.check.ObservedSite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that invalid and hostile files are rejected with a precise message. */
class RecordingReaderTest {
    private static final String TEXT = RecordingRoundTrip.toJson(
            ObservedSite.page().header("Set-Cookie", "a=b").observations());
    private static final Pattern VALUE =
            Pattern.compile(": (\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+|true|false|null|\\[ ]|\\[|\\{)");

    private static String refusal(String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        String message = assertThrows(InvalidRecordingException.class, () -> RecordingReader.read(in))
                .getMessage();
        assertFalse(message.contains("\n"), message);
        assertTrue(message.length() < 600, message);
        return message;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "recordVersion" : 1        | "recordVersion" : 2            | line 2, column 21: recordVersion 2 is not supported, this engine reads 1: use the WebSentry version
            "recordVersion" : 1        | "recordVersion" : 0            | recordVersion 0 is not supported, this engine reads 1
            "recordVersion" : 1        | "recordVersion" : "1"          | recordVersion: expected an integer
            "recordVersion" : 1        | "scan" : 1                     | not a recording: expected an object that begins with 'recordVersion'
            "status" : 200             | "status" : 99999999999         | observations.site.entry.seen.value.hops[0].result.response.status: the number is out of range: expected a 32-bit integer
            "status" : 200             | "status" : 200.5               | response.status: expected an integer
            "status" : 200             | "status" : null                | response.status: expected an integer
            "status" : 200             | "state" : 200                  | response: unknown field 'state'
            "status" : 200,            | ``                             | response: missing field 'status'
            "status" : 200             | "status" : 1, "status" : 200   | response: duplicate field 'status'
            "truncated" : false        | "truncated" : "false"          | response.truncated: expected true or false
            "end" : "ANSWERED"         | "end" : "answered"             | hops[0]... unknown value 'answered': expected one of ANSWERED, FAILED, LOOP
            "response" :               | "answer" :                     | result: expected the field 'response' or 'failure'
            "https://www.example.com/" | "ftp://www.example.com/"       | url: not a URL:
            "target" : "https://www.example.com" | "target" : "https://u:p@x" | observations.target: not a target:
            "2026-03-01T12:00:00Z"     | "2026-03-01"                   | observations.now: not a timestamp:
            "2026-03-01T12:00:00Z"     | "9026-03-01T12:00:00Z"         | observations.now: not a timestamp: expected a timestamp from 2000
            "anchors" : [ ]            | "anchors" : [ "?" ]            | observations.tls.anchors[0]: invalid Base64:
            "anchors" : [ ]            | "anchors" : { }                | observations.tls.anchors: expected an array
            "hops" : [                 | "hops" : [ ], "x" : [          | unknown field 'x'
            "duration" : "PT1.234S"    | "duration" : "-PT1S"           | duration: not a duration: expected a duration from PT0S to PT24H
            """)
    void invalidValueIsReportedWithItsPosition(String from, String to, String expected) {
        assertTrue(TEXT.contains(from), from);
        String message = refusal(TEXT.replaceFirst(Pattern.quote(from), to == null ? "" : to));
        assertTrue(message.contains(expected.replace("hops[0]... ", "")), message);
    }

    @Test
    void optionalFieldOfALaterVersionMayBeMissing() throws Exception {
        String older = TEXT.replaceFirst("(?s),\\s*\"roots\" : null", "");
        assertFalse(older.equals(TEXT));
        assertEquals(
                Optional.empty(),
                RecordingReader.read(new ByteArrayInputStream(older.getBytes(StandardCharsets.UTF_8)))
                        .observations()
                        .tls()
                        .roots());
    }

    @Test
    void emptyRedirectChainIsRejected() {
        int begin = TEXT.indexOf("\"hops\" : [") + 10;
        int end = TEXT.indexOf("\"end\"");
        String message = refusal(TEXT.substring(0, begin) + "], " + TEXT.substring(end));
        assertTrue(
                message.contains("entry.seen.value: inconsistent values: a redirect chain needs at least one hop"),
                message);
    }

    @Test
    void truncatedFileIsRejected() {
        for (int length = 0; length < TEXT.strip().length(); length += 7) {
            refusal(TEXT.substring(0, length));
        }
    }

    @Test
    void contentAfterTheRecordingIsRejected() {
        assertTrue(refusal(TEXT + "{}").contains("unexpected content after the recording"));
        assertTrue(refusal(TEXT + "x").contains("not a recording, invalid JSON"));
    }

    /** Jackson accepts UTF-32; found by fuzzing. */
    @Test
    void invalidUtf32IsRejected() {
        byte[] broken = {0, 0, 0, '{', 0, 0, 0, ' ', 0x09, (byte) 0xff, 0, 0};
        String message = assertThrows(
                        InvalidRecordingException.class, () -> RecordingReader.read(new ByteArrayInputStream(broken)))
                .getMessage();
        assertTrue(message.contains("not a recording, invalid JSON: Invalid UTF-32"), message);
    }

    /** Found by fuzzing. */
    @Test
    void controlCharactersOfTheFileAreRemovedFromTheMessage() {
        String message = refusal(TEXT.replace("2026-03-01T12:00:00Z", "2\\n\\u001b[1m"));
        assertTrue(message.contains("observations.now: not a timestamp: Text '2 [1m'"), message);
    }

    @Test
    void otherFileTypesAreRejected() {
        for (String text :
                List.of("", " ", "[]", "{}", "null", "{\"ok\":true}", "<html>", "\u0000", "[[[[", "waivers:\n")) {
            refusal(text);
        }
        assertTrue(refusal("{\"recordVersion\":1,\"recording\":" + "[".repeat(100_000))
                .contains("expected an object"));
        assertTrue(refusal("{\"recordVersion\":1,\"" + "r".repeat(100_000)).contains("not a recording, invalid JSON"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"",`   | the arrays of the file have more than 1000000 elements in total
            `   `   | maximum
            """)
    void endlessFileIsRejectedBeforeItFillsTheMemory(String pattern, String reason) {
        InputStream endless = new InputStream() {
            private long count;

            @Override
            public int read() {
                assertTrue(count < 2L * RecordingReader.MAX_BYTES, "reading continues beyond the limit");
                String start = "{\"recordVersion\":1,\"recording\":{\"observations\":{\"tls\":{\"anchors\":[";
                int c = count < start.length() ? start.charAt((int) count) : pattern.charAt((int) (count % 3));
                count++;
                return c;
            }
        };
        String message = assertThrows(InvalidRecordingException.class, () -> RecordingReader.read(endless))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    /**
     * A recording with any single value replaced is either rejected with a one-line message, or it is graded without an
     * unexpected exception.
     */
    @Test
    void replacingASingleValueNeverCausesAnUnexpectedException() throws IOException {
        List<MatchResult> values = VALUE.matcher(TEXT).results().toList();
        List<String> replacements =
                new ArrayList<>(List.of("\"\"", "0", "-1", "2147483647", "true", "null", "[]", "{}", "\"x\""));
        replacements.add("\"\\u0000\\ud800;=%\"");
        replacements.add("\"" + "9".repeat(50_000) + "\"");
        Random random = new Random(6);
        int graded = 0;
        for (int i = 0; i < 3000; i++) {
            MatchResult value = values.get(random.nextInt(values.size()));
            String replacement = random.nextBoolean()
                    ? replacements.get(random.nextInt(replacements.size()))
                    : values.get(random.nextInt(values.size())).group(1);
            String text = TEXT.substring(0, value.start(1)) + replacement + TEXT.substring(value.end(1));
            try {
                Recording read = RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                assertEquals(
                        List.of(),
                        Grader.grade(read.observations(), Duration.ZERO).internalErrors());
                graded++;
            } catch (InvalidRecordingException e) {
                assertFalse(e.getMessage().contains("\n"));
            }
        }
        assertTrue(graded > 100, graded + " of them were graded");
    }
}
