package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    private static final String FACE = "\ud83d\ude00";

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "12345678, 12345678, 12345678",
        "123456789, 12345..., ...56789",
        "1234567890abc, 12345..., ...90abc"
    })
    void longTextIsShortenedToTheMaximum(String text, String start, String end) {
        assertEquals(start, Excerpt.of(text, 8));
        assertEquals(end, Excerpt.endOf(text, 8));
    }

    @Test
    void onlyTheEllipsisIsLeftOfTheShortestMaximum() {
        assertEquals("...", Excerpt.of("abcd", 3));
        assertEquals("...", Excerpt.endOf("abcd", 3));
    }

    @Test
    void surrogatePairsAreNotDivided() {
        assertEquals("1234...", Excerpt.of("1234" + FACE + "6789", 8));
        assertEquals("123" + FACE + "...", Excerpt.of("123" + FACE + "6789", 8));
        assertEquals("...6789", Excerpt.endOf("12345" + FACE + "6789", 8));
        assertEquals("..." + FACE + "678", Excerpt.endOf("12345" + FACE + "678", 8));
    }

    @Test
    void loneSurrogatesAreKept() {
        assertEquals("1234\ud83d...", Excerpt.of("1234\ud83d6789", 8));
        assertEquals("...\ude00678", Excerpt.endOf("123456\ude00678", 7));
    }

    @Test
    void controlCharactersBecomeSpaces() {
        assertEquals("a b c", Excerpt.inSentence(" a\r\n\tb\u001bc\n"));
        assertEquals("  a b", Excerpt.evidenceLine("  a\u0000b"));
    }

    @Test
    void listsNameTheNumberOfTheOthers() {
        assertEquals("a, b, c, d", Excerpt.joinFirst(List.of("a", "b", "c", "d")));
        assertEquals("a, b, c, d and 2 more", Excerpt.joinFirst(List.of("a", "b", "c", "d", "e", "f")));
    }
}
