package dev.websentry.engine.syntax.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfNetworkParserTest {
    /** RFC 4291 section 2.2: eight groups, or fewer around one gap; the last two may be a dotted quad. */
    @ParameterizedTest
    @CsvSource({
        "1:2:3:4:5:6:7:8, true",
        "1:2:3:4:5:6:7, false",
        "1:2:3:4:5:6:7:8:9, false",
        "1:2:3:4::5:6:7, true",
        "1:2:3:4::5:6:7:8, false",
        "1:2:3:4:5:6:7::, true",
        "::2:3:4:5:6:7:8, true",
        "::, true",
        "::1, true",
        "1::, true",
        "1::2::3, false",
        ":::, false",
        "g::1, false",
        "1::g, false",
        "12345::, false",
        "1:2:3:4:5:6:192.0.2.1, true",
        "1:2:3:4:5:6:7:192.0.2.1, false",
        "::192.0.2.1, true",
        "::192.0.2.256, false",
        "192.0.2.1, false",
        "'', false"
    })
    void ipv6AddressesAreValidated(String text, boolean valid) {
        assertEquals(valid, SpfNetworkParser.isIpv6Address(text));
    }
}
