package dev.websentry.engine.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that nothing in a recording is converted or ignored, for values and fields of every type. */
class RecordingStrictnessTest {
    private static final int SEEDS = 6;
    private static final int SAMPLES = 60;

    /** Values follow a colon, a bracket or a comma, and are not names of fields. */
    private static Pattern value(String expression) {
        return Pattern.compile("(?<=[:\\[,] )" + expression + "(?! :)(?=[,\\s])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            "(?:[^"\\\\]|\\\\.)+" ~ 1
            "(?:[^"\\\\]|\\\\.)+" ~ true
            "(?:[^"\\\\]|\\\\.)+" ~ [ "x" ]
            "(?:[^"\\\\]|\\\\.)+" ~ { "x" : 1 }
            [0-9]+                ~ "1"
            [0-9]+                ~ 1.0
            [0-9]+                ~ 1e2
            [0-9]+                ~ true
            [0-9]+                ~ ""
            [0-9]+                ~ [ 1 ]
            (?:true|false)        ~ "true"
            (?:true|false)        ~ 1
            (?:true|false)        ~ null
            (?:true|false)        ~ ""
            "[A-Z_]+"             ~ null
            """)
    void noValueIsConverted(String expression, String replacement) {
        assertEquals(List.of(), accepted(value(expression), match -> replacement));
    }

    @Test
    void noSpaceIsIgnoredAroundAConstant() {
        assertEquals(List.of(), accepted(value("\"[A-Z][A-Z_]+\""), match -> "\" " + match.substring(1)));
        assertEquals(
                List.of(),
                accepted(value("\"[A-Z][A-Z_]+\""), match -> match.substring(0, match.length() - 1) + " \""));
    }

    @Test
    void noFieldIsIgnored() {
        Pattern field = Pattern.compile("\"[a-zA-Z]+\" : ");
        assertEquals(List.of(), accepted(field, match -> "\"zz\" : [ { } ], " + match));
        assertEquals(List.of(), accepted(field, match -> "\"@class\" : \"java.lang.Object\", " + match));
        assertEquals(List.of(), accepted(field, match -> "\"zz\" : "));
    }

    /** Returns a description of each change after which the recording was accepted. */
    private static List<String> accepted(Pattern pattern, UnaryOperator<String> change) {
        List<String> accepted = new ArrayList<>();
        int changed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            String text = RecordingRoundTrip.randomRecording(seed);
            List<MatchResult> matches = pattern.matcher(text).results().toList();
            Random random = new Random(seed);
            for (int i = 0; i < SAMPLES && !matches.isEmpty(); i++) {
                MatchResult match = matches.get(random.nextInt(matches.size()));
                String other = change.apply(match.group());
                if (isAccepted(text.substring(0, match.start()) + other + text.substring(match.end()))) {
                    accepted.add("recording " + seed + " at " + match.start() + ": " + match.group() + " -> " + other);
                }
                changed++;
            }
        }
        assertTrue(changed > SAMPLES, pattern + " occurs " + changed + " times");
        return accepted;
    }

    private static boolean isAccepted(String text) {
        try {
            RecordingReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (InvalidRecordingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
