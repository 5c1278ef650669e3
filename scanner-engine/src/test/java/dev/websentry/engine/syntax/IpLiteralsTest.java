package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralsTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "127.1, 127.0.0.1",
        "10.1.513, 10.1.2.1",
        "192.0.2.1., 192.0.2.1",
        "2130706433, 127.0.0.1",
        "4294967295, 255.255.255.255",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void literalIsParsedAsInBrowsers(String literal, String address) {
        assertTrue(IpLiterals.isIpLiteral(literal));
        assertEquals(
                address,
                IpLiterals.parse(literal).map(InetAddress::getHostAddress).orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.1.1.1",
                "1.256.1.1",
                "1.1.1.256",
                "1.2.3.4.5",
                "1.2.65536",
                "1.16777216",
                "4294967296",
                "99999999999999999999",
                "010.1.1.1",
                "1..1",
                ".1",
                "1..",
                "1::2::3",
                ":::"
            })
    void invalidLiteralHasNoAddress(String literal) {
        assertTrue(IpLiterals.isIpLiteral(literal));
        assertTrue(IpLiterals.parse(literal).isEmpty());
    }
}
