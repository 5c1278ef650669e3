package dev.websentry.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
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
                                List.of("shop.example.com"),
                                "the tag manager goes in March",
                                LocalDate.of(2027, 3, 31)),
                        new Waiver("dns.spf", List.of(), "parked", LocalDate.of(2027, 1, 1))),
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
                List.of(new Waiver("dns.spf", List.of(), "parked", LocalDate.of(2027, 1, 1))),
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
                "waivers: [{check: headers.cps, reason: r, until: 2027-01-01}] | line 1, field \"waivers[0].check\": unknown check \"headers.cps\"; use a check id",
                "waivers: [{check: dns.spf, until: 2027-01-01}] | line 1, field \"waivers[0]\": missing field \"reason\"",
                "waivers: [{check: dns.spf, reason: r}] | line 1, field \"waivers[0]\": missing field \"until\"",
                "waivers: [{check: dns.spf, reason: r, until: soon}] | field \"waivers[0].until\": invalid date \"soon\" in until",
                "waivers: [{check: dns.spf, reason: r, until: 2027-02-30}] | invalid date \"2027-02-30\" in until",
                "waivers: [{check: dns.spf, reason: r, until: 2027-01-01, hosts: x}] | unknown field hosts; use check, host, reason and until",
                "waivers: [just text] | line 1, field \"waivers[0]\": expected an object, found a string",
                "waiver: [] | no list \"waivers\" found",
                "just text | no list \"waivers\" found",
                "waivers: text | line 1, field \"waivers\": expected a list, found a string",
                "waivers: [{ | invalid YAML or JSON at line 1",
                "waivers: [{check: dns.spf, reason: 42, until: 2027-01-01}] | field \"waivers[0].reason\": expected a string, found a whole number",
                "waivers: [{check: dns.spf, reason: '', until: 2027-01-01}] | field \"waivers[0].reason\": the field is empty",
                "waivers: [{check: dns.spf, reason: r, until: 2027}] | field \"waivers[0].until\": expected a string, found a whole number",
                "waivers: [{check: [dns.spf], reason: r, until: 2027-01-01}] | field \"waivers[0].check\": expected a string, found a list",
            })
    void rejectsAnythingUnknown(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> WaiverFileParser.parse(text, KNOWN))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    /** A waiver whose host has a wrong type must not waive on every host. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{a: b}        | line 3, field \"waivers[0].host\": expected a host or a list of hosts",
                "[]            | line 3, field \"waivers[0].host\": expected a host or a list of hosts",
                "              | line 3, field \"waivers[0].host\": invalid host \"\"",
                "null          | line 3, field \"waivers[0].host\": expected a host or a list of hosts",
                "42            | line 3, field \"waivers[0].host\": expected a host or a list of hosts",
                "true          | line 3, field \"waivers[0].host\": expected a host or a list of hosts",
                "[a.test, 7]   | line 3, field \"waivers[0].host[1]\": expected a string, found a whole number",
                "[a.test, [b]] | line 3, field \"waivers[0].host[1]\": expected a string, found a list",
                "\"\"         | line 3, field \"waivers[0].host\": invalid host \"\"",
                "https://a.test/ | line 3, field \"waivers[0].host\": invalid host \"https://a.test/\"; use a host without scheme",
                "a.test:8443   | line 3, field \"waivers[0].host\": invalid host \"a.test:8443\"",
                "'*.a.test'    | line 3, field \"waivers[0].host\": invalid host \"*.a.test\"",
            })
    void aHostOfAWrongTypeIsAnErrorThatNamesLineAndField(String host, String expected) {
        String text = "waivers:\n  - check: dns.spf\n    host: " + (host == null ? "" : host)
                + "\n    reason: parked\n    until: 2027-01-01\n";
        String message = assertThrows(IllegalArgumentException.class, () -> WaiverFileParser.parse(text, KNOWN))
                .getMessage();
        assertTrue(message.startsWith(expected), message);
    }

    /** RFC 5890 section 2.3: a U-label and its A-label are the same name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[shop.example.com, WWW.Example.com] | shop.example.com,www.example.com",
                "shop.example.com                    | shop.example.com",
                "bücher.example.com                  | xn--bcher-kva.example.com",
                "192.0.2.7                           | 192.0.2.7",
                "'[2001:db8::7]'                     | 2001:db8::7",
            })
    void hostsAreAHostOrAList(String host, String expected) {
        String text = "waivers: [{check: dns.spf, host: " + host + ", reason: r, until: 2027-01-01}]";
        assertEquals(
                List.of(expected.split(",")),
                WaiverFileParser.parse(text, KNOWN).get(0).hosts());
    }

    /** YAML 1.2 section 3.2.1.1: keys are unique; sections 7.1 and 9.2: aliases and several documents. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "waivers:\n  - {check: dns.spf, host: a.test, host: b.test, reason: r, until: 2027-01-01}",
                "waivers:\n  - {check: dns.spf, host: &a a.test, reason: *a, until: 2027-01-01}",
                "waivers: []\n--- {waivers: [{check: dns.spf, reason: r, until: 2027-01-01}]}"
            })
    void whatWouldBeLostIsAnError(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> WaiverFileParser.parse(text, KNOWN))
                .getMessage();
        assertTrue(message.startsWith("line 2"), message);
    }

    @Test
    void hostsThatMatchNoTargetAreNamed() {
        List<Waiver> waivers = List.of(
                new Waiver("dns.spf", List.of("www.example.com", "shop.example.com"), "r", LocalDate.of(2027, 1, 1)),
                new Waiver("headers.csp", List.of(), "r", LocalDate.of(2027, 1, 1)));
        assertEquals(
                List.of("the waiver for dns.spf on shop.example.com matches none of the scanned URLs"),
                Waiver.unmatchedHosts(waivers, Set.of("www.example.com")));
    }
}
