package dev.websentry.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of server addresses, resolve entries and durations as users write them. */
class OptionParsingTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.53, 192.0.2.53, 53",
        "192.0.2.53:5353, 192.0.2.53, 5353",
        "ns.example.net:54, ns.example.net, 54",
        "2001:db8::53, 2001:db8::53, 53",
        "[2001:db8::53]:5353, 2001:db8::53, 5353",
        "[2001:db8::53], 2001:db8::53, 53",
    })
    void parsesServerAddresses(String text, String host, int port) {
        assertEquals(new HostAndPort(host, port), HostAndPort.parse(text, 53));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "host:", "host:0", "host:65536", "host:port", "[::1", "udp://host"})
    void rejectsInvalidServerAddresses(String text) {
        assertThrows(IllegalArgumentException.class, () -> HostAndPort.parse(text, 53));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com:443:192.0.2.7, www.example.com, 443, 192.0.2.7, 443",
        "WWW.example.com:443:192.0.2.7:8443, www.example.com, 443, 192.0.2.7, 8443",
        "example.com:80:[2001:db8::7], example.com, 80, 2001:db8:0:0:0:0:0:7, 80",
        "[::1]:443:127.0.0.1:9443, ::1, 443, 127.0.0.1, 9443",
    })
    void parsesResolveEntries(String text, String host, int port, String address, int dial) {
        ResolveOverride override = ResolveOverride.parse(text);
        assertEquals(host, override.host());
        assertEquals(port, override.port());
        assertEquals(address, override.address().getHostAddress());
        assertEquals(dial, override.dialPort().orElse(port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "www.example.com:443",
                "www.example.com:443:other.example.com",
                "www.example.com:0:192.0.2.7",
                "www.example.com:443:192.0.2.7:0",
                "www.example.com:443:192.0.2",
                "www.example.com:443:192.0.2.999",
            })
    void rejectsInvalidResolveEntries(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ResolveOverride.parse(text))
                .getMessage();
        assertTrue(message.contains("'" + text + "'") && message.contains("host:port:address"), message);
    }

    @Test
    void rejectsAZeroTimeout() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ScanOptions.builder().timeout(Duration.ZERO).build())
                .getMessage();
        assertTrue(message.contains("timeout") && message.contains("expected 1 to 3600 seconds"), message);
    }

    /** RFC 5891 section 4.4: a U-label is the same name as its A-label, which the scan looks up. */
    @Test
    void resolveAcceptsInternationalNames() {
        assertEquals(
                "xn--bcher-kva.example",
                ResolveOverride.parse("Bücher.example:443:192.0.2.7").host());
        assertEquals(
                "2001:db8::7",
                ResolveOverride.parse("[2001:DB8::7]:443:192.0.2.7").host());
    }
}
