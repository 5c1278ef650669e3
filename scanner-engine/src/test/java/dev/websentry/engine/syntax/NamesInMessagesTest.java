package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the suggestions for misspelled names, the quantities and the masked URLs of messages. */
class NamesInMessagesTest {
    @ParameterizedTest
    @CsvSource({
        "tls.protocl, tls.protocol",
        "TLS.PROTOCOL, tls.protocol",
        "tls.prtcl, tls.protocol",
        "xtls.protocolx, tls.protocol",
        "tls.protokol, tls.protocol",
        "ab, abcd",
        "abxy, abcd",
        "axyz, ''",
        "a, ''",
        "zzzzzzzzzzzz, ''",
        "'', ''"
    })
    void nearestNameSharesAtLeastHalfOfItself(String name, String nearest) {
        assertEquals(
                Optional.of(nearest).filter(found -> !found.isEmpty()),
                NearestName.of(name, List.of("tls.protocol", "abcd")));
    }

    @Test
    void firstOfEquallyNearNamesIsSuggested() {
        assertEquals(Optional.of("abcc"), NearestName.of("abcx", List.of("abcd", "abcc")));
        assertEquals(Optional.empty(), NearestName.of("abcx", List.of()));
    }

    @Test
    void onlyTheStartOfALongNameIsCompared() {
        String known = "a".repeat(200);
        assertEquals(Optional.of(known), NearestName.of(known + "b".repeat(1000), List.of(known)));
    }

    @Test
    void nounHasAnSUnlessTheNumberIsOne() {
        assertEquals("0 cookies", Quantity.of(0, "cookie"));
        assertEquals("1 cookie", Quantity.of(1, "cookie"));
        assertEquals("2 cookies", Quantity.of(2, "cookie"));
        assertEquals("1 entry", Quantity.of(1, "entry", "entries"));
        assertEquals("2 entries", Quantity.of(2, "entry", "entries"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@a.net/, https://...@a.net/",
        "x //u@a.net y //v@b.net, x //...@a.net y //...@b.net",
        "https://a.net/?q=a@b.net, https://a.net/?q=a@b.net",
        "mailto:a@b.net, mailto:a@b.net"
    })
    void userInformationOfUrlsIsMasked(String text, String masked) {
        assertEquals(masked, UrlUserInfo.mask(text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true",
        "1, true",
        "::1, true",
        "2001:db8::ffff:192.0.2.1, true",
        "a.net, false",
        "1.net, false",
        "abc, false"
    })
    void hostsOfDigitsOrWithColonsAreAddresses(String host, boolean literal) {
        assertEquals(literal, IpLiterals.isIpLiteral(host));
    }
}
