package dev.websentry.engine.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Judge;
import dev.websentry.engine.check.SeenSite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no recordings, whoever wrote them. */
class RecordingReaderTest {
    private static final String TEXT =
            Rerecorded.text(SeenSite.page().header("Set-Cookie", "a=b").observations());
    private static final Pattern VALUE =
            Pattern.compile(": (\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+|true|false|null|\\[ ]|\\[|\\{)");

    private static String refusal(String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        String message = assertThrows(NotARecording.class, () -> RecordingReader.read(in))
                .getMessage();
        assertFalse(message.contains("\n"), message);
        assertTrue(message.length() < 600, message);
        return message;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "recordVersion" : 1        | "recordVersion" : 2            | line 2, column 21: recordVersion is 2, and this engine reads 1: use the version
            "recordVersion" : 1        | "recordVersion" : 0            | recordVersion is 0, and this engine reads 1
            "recordVersion" : 1        | "recordVersion" : "1"          | recordVersion: expected a whole number
            "recordVersion" : 1        | "scan" : 1                     | not a recording: expected an object that begins with 'recordVersion'
            "status" : 200             | "status" : 99999999999         | observations.site.entry.seen.value.hops[0].result.response.status: the number is too large
            "status" : 200             | "status" : 200.5               | response.status: expected a whole number
            "status" : 200             | "status" : null                | response.status: expected a whole number
            "status" : 200             | "state" : 200                  | response: unknown field 'state'
            "status" : 200,            | ``                             | response: the field 'status' is missing
            "status" : 200             | "status" : 1, "status" : 200   | response: the field 'status' is there twice
            "truncated" : false        | "truncated" : "false"          | response.truncated: expected true or false
            "end" : "ANSWERED"         | "end" : "answered"             | hops[0]... 'answered' is not one of ANSWERED, FAILED, LOOP
            "response" :               | "answer" :                     | result: expected the field 'response' or 'failure'
            "https://www.example.com/" | "ftp://www.example.com/"       | url: not a URL:
            "target" : "https://www.example.com" | "target" : "https://u:p@x" | observations.target: not a target:
            "2026-03-01T12:00:00Z"     | "2026-03-01"                   | observations.now: not a time:
            "2026-03-01T12:00:00Z"     | "9026-03-01T12:00:00Z"         | observations.now: not a time: expected a time from 2000
            "anchors" : [ ]            | "anchors" : [ "?" ]            | observations.tls.anchors[0]: not base64:
            "anchors" : [ ]            | "anchors" : { }                | observations.tls.anchors: expected a list
            "hops" : [                 | "hops" : [ ], "x" : [          | unknown field 'x'
            "duration" : "PT1.234S"    | "duration" : "-PT1S"           | duration: not a duration: expected a duration of at most a day
            """)
    void whatDoesNotFitIsNamedWithItsPlace(String from, String to, String message) {
        assertTrue(TEXT.contains(from), from);
        String said = refusal(TEXT.replaceFirst(Pattern.quote(from), to == null ? "" : to));
        assertTrue(said.contains(message.replace("hops[0]... ", "")), said);
    }

    @Test
    void anEmptyChainIsRefusedByTheObservationItself() {
        int begin = TEXT.indexOf("\"hops\" : [") + 10;
        int end = TEXT.indexOf("\"end\"");
        String said = refusal(TEXT.substring(0, begin) + "], " + TEXT.substring(end));
        assertTrue(said.contains("entry.seen.value: values that do not go together: a redirect chain needs at least one hop"), said);
    }

    @Test
    void aFileThatWasCutOffIsNeverARecording() {
        for (int length = 0; length < TEXT.strip().length(); length += 7) {
            refusal(TEXT.substring(0, length));
        }
    }

    @Test
    void nothingMayFollow() {
        assertTrue(refusal(TEXT + "{}").contains("something follows the recording"));
        assertTrue(refusal(TEXT + "x").contains("not the JSON of a recording"));
    }

    /** JSON may begin in UTF-32; found by fuzzing. */
    @Test
    void brokenUtf32IsNoRecording() {
        byte[] broken = {0, 0, 0, '{', 0, 0, 0, ' ', 0x09, (byte) 0xff, 0, 0};
        String message = assertThrows(NotARecording.class, () -> RecordingReader.read(new ByteArrayInputStream(broken)))
                .getMessage();
        assertTrue(message.contains("not the JSON of a recording: Invalid UTF-32"), message);
    }

    /** Found by fuzzing. */
    @Test
    void whatAFileSaysDoesNotBreakTheMessage() {
        String said = refusal(TEXT.replace("2026-03-01T12:00:00Z", "2\\n\\u001b[1m"));
        assertTrue(said.contains("observations.now: not a time: Text '2 [1m'"), said);
    }

    @Test
    void otherFilesAreNoRecordings() {
        for (String text :
                List.of("", " ", "[]", "{}", "null", "{\"ok\":true}", "<html>", "\u0000", "[[[[", "waivers:\n")) {
            refusal(text);
        }
        assertTrue(refusal("{\"recordVersion\":1,\"recording\":" + "[".repeat(100_000))
                .contains("expected an object"));
        assertTrue(refusal("{\"recordVersion\":1,\"" + "r".repeat(100_000)).contains("not the JSON of a recording"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"",`   | lists have more than 1000000 elements
            `   `   | maximum
            """)
    void anEndlessFileIsRefusedBeforeItFillsTheMemory(String filling, String reason) {
        InputStream endless = new InputStream() {
            private long served;

            @Override
            public int read() {
                assertTrue(served < 2L * RecordingReader.MOST_BYTES, "it reads on and on");
                String start = "{\"recordVersion\":1,\"recording\":{\"observations\":{\"tls\":{\"anchors\":[";
                int c = served < start.length() ? start.charAt((int) served) : filling.charAt((int) (served % 3));
                served++;
                return c;
            }
        };
        String message = assertThrows(NotARecording.class, () -> RecordingReader.read(endless))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** Whatever is changed in a recording: it is refused in one line, or it is judged. */
    @Test
    void noChangeOfASingleValueMakesTheReaderOrTheRulesFail() throws IOException {
        List<MatchResult> values = VALUE.matcher(TEXT).results().toList();
        List<String> others =
                new ArrayList<>(List.of("\"\"", "0", "-1", "2147483647", "true", "null", "[]", "{}", "\"x\""));
        others.add("\"\\u0000\\ud800;=%\"");
        others.add("\"" + "9".repeat(50_000) + "\"");
        Random random = new Random(6);
        int judged = 0;
        for (int i = 0; i < 3000; i++) {
            MatchResult value = values.get(random.nextInt(values.size()));
            String other = random.nextBoolean()
                    ? others.get(random.nextInt(others.size()))
                    : values.get(random.nextInt(values.size())).group(1);
            String text = TEXT.substring(0, value.start(1)) + other + TEXT.substring(value.end(1));
            try {
                Recording read = RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                Judge.report(read.observations(), Duration.ZERO);
                judged++;
            } catch (NotARecording e) {
                assertFalse(e.getMessage().contains("\n"));
            }
        }
        assertTrue(judged > 100, judged + " of them were judged");
    }
}
