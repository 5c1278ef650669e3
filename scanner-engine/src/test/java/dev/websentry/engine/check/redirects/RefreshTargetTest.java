package dev.websentry.engine.check.redirects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTML standard's shared declarative refresh steps, section 4.2.5.3. */
class RefreshTargetTest {
    /** _ stands for a blank at the value's beginning. */
    @ParameterizedTest(name = "[{0}] leads to {1}")
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
    void leads(String value, String target) {
        assertEquals(Optional.of(target), RefreshTarget.of(value.replace('_', ' ')));
    }

    /** Without a time, or with anything but a blank, a semicolon or a comma after it, nothing happens. */
    @ParameterizedTest(name = "[{0}] leads nowhere")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"0", "0;", "0;url=", "0;url=''", "``", "_", ";url=/next", "0/next", "0x;url=/next", "-1;url=/next"
            })
    void leadsNowhere(String value) {
        assertEquals(Optional.empty(), RefreshTarget.of(value.replace('_', ' ')));
    }

    @Test
    void aNulDoesNotEndTheTime() {
        assertEquals(Optional.empty(), RefreshTarget.of("0\u0000https://a.org/"));
    }
}
