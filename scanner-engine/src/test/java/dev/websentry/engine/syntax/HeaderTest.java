package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests header lines that users enter, and the members of lists (Fetch, "get, decode, and split"). */
class HeaderTest {
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            A: b,A,b
            ' A : b ',A,b
            A:b:c,A,b:c
            A:,A,''
            'A: b\tc d~',A,'b\tc d~'
            """)
    void headerLineIsSplitAtItsFirstColon(String line, String name, String value) {
        assertEquals(new Header(name, value), Header.parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", ": secret", "A b: secret", "\u00e9: secret"})
    void invalidNamesAreRejected(String line) {
        String message = assertThrows(IllegalArgumentException.class, () -> Header.parse(line))
                .getMessage();
        assertEquals("invalid field name in a header line; use \"Name: value\"", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\u001fx", "secret\nx", "secret\u007fx", "secret\u0080x", "secret\u0000x"})
    void invalidValuesAreRejectedWithoutAQuote(String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> Header.parse("A: " + value))
                .getMessage();
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            a,b|a;b
            a, b ,\tc\t|a;b;c
            ,a,|;a;
            |
            " a,b",c|" a,b";c
            "a\\",b",c|"a\\",b";c
            "a,b|"a,b
            "a\\|"a\\
            a\\,b|a\\;b
            \013a\240 |\013a\240
            """)
    void listsAreSplitOutsideOfQuotedStrings(String value, String members) {
        String text = value == null ? "" : value;
        assertEquals(List.of((members == null ? "" : members).split(";", -1)), HeaderListValue.split(text));
    }

    @Test
    void linesOfOneFieldAreOneList() {
        assertEquals(List.of(), HeaderListValue.split(List.of()));
        assertEquals(List.of("a", "b", "c"), HeaderListValue.split(List.of("a", "b,c")));
    }
}
