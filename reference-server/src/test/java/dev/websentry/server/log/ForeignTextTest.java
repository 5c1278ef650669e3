package dev.websentry.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignTextTest {
    @Test
    void lineBreaksAndEscapeSequencesAreEscaped() {
        assertEquals("a\\u000d\\u000ab\\u001b[31m\\u0000", ForeignText.escape("a\r\nb\u001b[31m\0"));
    }

    @Test
    void everyLineSeparatorAndHiddenCharacterIsEscaped() {
        for (String hidden : List.of("\u0085", "\u2028", "\u2029", "\u202e", "\u200b", "\u2066", "\ufeff", "\u009b")) {
            assertFalse(ForeignText.escape("a" + hidden + "b").contains(hidden), hidden);
        }
    }

    @Test
    void unpairedSurrogatesAreEscaped() {
        assertEquals("a\\ud800b", ForeignText.escape("a\ud800b"));
        assertEquals("a\ud83d\ude00b", ForeignText.escape("a\ud83d\ude00b"));
    }

    @Test
    void longTextIsCut() {
        assertEquals("x".repeat(ForeignText.MAX_LENGTH - 3) + "...", ForeignText.escape("x".repeat(250_000)));
        assertEquals("x".repeat(ForeignText.MAX_LENGTH), ForeignText.escape("x".repeat(ForeignText.MAX_LENGTH)));
    }

    @Test
    void ordinaryTextIsUnchanged() {
        assertEquals("Grüße, 世界! 'a' \"b\"", ForeignText.escape("Grüße, 世界! 'a' \"b\""));
        assertEquals("null", ForeignText.escape(null));
    }
}
