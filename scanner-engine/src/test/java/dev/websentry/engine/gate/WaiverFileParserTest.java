package dev.websentry.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaiverFileParserTest {
    private static final Set<String> KNOWN = Set.of("headers.csp", "dns.spf");

    @Test
    void parsesYaml() {
        assertEquals(
                List.of(
                        new Waiver(
                                "headers.csp",
                                Optional.of("shop.example.com"),
                                "the tag manager goes in March",
                                LocalDate.of(2027, 3, 31)),
                        new Waiver("dns.spf", Optional.empty(), "parked", LocalDate.of(2027, 1, 1))),
                WaiverFileParser.parse("""
                        # accepted until the relaunch
                        waivers:
                          - check: headers.csp
                            host: shop.example.com
                            reason: the tag manager goes in March
                            until: 2027-03-31
                          - {check: dns.spf, reason: parked, until: "2027-01-01"}
                        """, KNOWN));
    }

    @Test
    void parsesJson() {
        assertEquals(
                List.of(new Waiver("dns.spf", Optional.empty(), "parked", LocalDate.of(2027, 1, 1))),
                WaiverFileParser.parse(
                        "{\"waivers\": [{\"check\": \"dns.spf\", \"reason\": \"parked\", \"until\": \"2027-01-01\"}]}",
                        KNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "waivers: []", "[]"})
    void emptyFileHasNoWaivers(String text) {
        assertEquals(List.of(), WaiverFileParser.parse(text, KNOWN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "waivers: [{check: headers.cps, reason: r, until: 2027-01-01}] | waiver 1: unknown check \"headers.cps\"; use a check id",
                "waivers: [{check: dns.spf, until: 2027-01-01}] | waiver 1: missing field \"reason\"",
                "waivers: [{check: dns.spf, reason: r}] | waiver 1: missing field \"until\"",
                "waivers: [{check: dns.spf, reason: r, until: soon}] | waiver 1: invalid date \"soon\" in until",
                "waivers: [{check: dns.spf, reason: r, until: 2027-02-30}] | waiver 1: invalid date \"2027-02-30\" in until",
                "waivers: [{check: dns.spf, reason: r, until: 2027-01-01, hosts: x}] | waiver 1: unknown field hosts; use check, host, reason and until",
                "waivers: [just text] | waiver 1: missing field \"check\"",
                "waiver: [] | no list \"waivers\" found",
                "just text | no list \"waivers\" found",
                "waivers: [{ | invalid YAML or JSON at line 1",
            })
    void rejectsAnythingUnknown(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> WaiverFileParser.parse(text, KNOWN))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
