package dev.websentry.engine.check.redirects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shared declarative refresh steps of the HTML standard (section 4.2.5.3). */
class DeclarativeRefreshParserTest {
    /** In the values, _ represents a space. */
    @ParameterizedTest(name = "[{0}] redirects to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0;url=https://a.org/ | https://a.org/",
                "__0;url=/next | /next",
                "9;url=/next | /next",
                "10.5.9;url=/next | /next",
                "5,/next | /next",
                "5 /next | /next",
                "5;/next | /next",
                "0;URL = /next | /next",
                "0;url='/next' then | /next",
                "0;url=\"/next\" then | /next",
                "0;url='/next | /next",
                "0;'/next' then | /next",
                "0;url='/it\"s' then | /it\"s",
                "0;url /next | url /next",
                "0;ur=/next | ur=/next",
                ".;/next | /next"
            })
    void parsesTheUrl(String value, String target) {
        assertEquals(Optional.of(target), DeclarativeRefreshParser.parseUrl(value.replace('_', ' ')));
    }

    /** A refresh needs a time, followed by a space, a semicolon or a comma, and a URL. */
    @ParameterizedTest(name = "[{0}] does not redirect")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"0", "0;", "0;url=", "0;url=''", "``", "_", ";url=/next", "0/next", "0x;url=/next", "-1;url=/next"
            })
    void invalidValuesHaveNoUrl(String value) {
        assertEquals(Optional.empty(), DeclarativeRefreshParser.parseUrl(value.replace('_', ' ')));
    }

    @Test
    void aNulDoesNotEndTheTime() {
        assertEquals(Optional.empty(), DeclarativeRefreshParser.parseUrl("0\u0000https://a.org/"));
    }
}
