package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.ProcessorTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictTransportSecurityTest {
    @ParameterizedTest(name = "[{0}] is parsed as {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            max-age=31536000                             | 31536000 - -
            max-age=31536000; includeSubDomains; preload | 31536000 subdomains preload
            MAX-AGE=31536000 ; INCLUDESUBDOMAINS         | 31536000 subdomains -
            max-age="31536000"                           | 31536000 - -
            max-age = 5                                  | 5 - -
            ;;max-age=5;;                                | 5 - -
            max-age=5; unknown; other="a;b"              | 5 - -
            max-age=5; includeSubDomains=true            | nothing
            max-age=5; INCLUDESUBDOMAINS = ""            | nothing
            max-age=5; includeSubDomains=                | nothing
            max-age=5; preload=1                         | 5 - preload
            max-age=0                                    | 0 - -
            max-age=99999999999999999999                 | 9223372036854775807 - -
            max-age=9223372036854775808                  | 9223372036854775807 - -
            max-age=1000000000000000000                  | 1000000000000000000 - -
            max-age="\\5"                                | 5 - -
            max-age=5; max-age=5                         | nothing
            max-age=5; foo; FOO                          | nothing
            max-age                                      | nothing
            max-age=                                     | nothing
            max-age=-1                                   | nothing
            max-age=1.5                                  | nothing
            max-age=5 includeSubDomains                  | nothing
            max-age=5, includeSubDomains                 | nothing
            includeSubDomains                            | nothing
            max-age="5                                   | nothing
            """)
    void parsesAsInRfc6797(String value, String expected) {
        String read = StrictTransportSecurity.parse(value)
                .map(policy -> policy.maxAge()
                        + (policy.includeSubDomains() ? " subdomains" : " -")
                        + (policy.preload() ? " preload" : " -"))
                .orElse("nothing");
        assertEquals(expected, read);
    }

    @Test
    void longValuesAreParsedInLinearTime() {
        String quoted = "a=\"" + "b".repeat(100_000) + "\\\"".repeat(50_000) + "\"";
        assertEquals(
                5,
                StrictTransportSecurity.parse("max-age=5; " + quoted)
                        .orElseThrow()
                        .maxAge());
        StrictTransportSecurity read = ProcessorTime.limit(
                Duration.ofSeconds(20),
                () -> StrictTransportSecurity.parse("max-age=" + "9".repeat(250_000))
                        .orElseThrow());
        assertEquals(Long.MAX_VALUE, read.maxAge());
        assertEquals(
                7,
                StrictTransportSecurity.parse("max-age=" + "0".repeat(250_000) + "7")
                        .orElseThrow()
                        .maxAge());
    }
}
