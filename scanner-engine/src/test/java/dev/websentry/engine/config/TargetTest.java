package dev.websentry.engine.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "example.com,                     HTTPS_FIRST, example.com, NAME, 443, /",
        "EXAMPLE.com.,                    HTTPS_FIRST, example.com, NAME, 443, /",
        "example.com/a?b=c,               HTTPS_FIRST, example.com, NAME, 443, /a?b=c",
        "example.com:8443/a,              HTTPS_FIRST, example.com, NAME, 8443, /a",
        "https://example.com,             HTTPS_FIRST, example.com, NAME, 443, /",
        "https://example.com:8443,        HTTPS_FIRST, example.com, NAME, 8443, /",
        "http://example.com,              HTTPS_FIRST, example.com, NAME, 443, /",
        "http://example.com:8080/x,       HTTP_ONLY,   example.com, NAME, 8080, /x",
        "HTTP://example.com:80,           HTTP_ONLY,   example.com, NAME, 80, /",
        "münchen.example.com,             HTTPS_FIRST, xn--mnchen-3ya.example.com, NAME, 443, /",
        "https://straße.de,               HTTPS_FIRST, xn--strae-oqa.de, NAME, 443, /",
        "192.0.2.7,                       HTTPS_FIRST, 192.0.2.7, IPV4, 443, /",
        "192.0.2.7:8443,                  HTTPS_FIRST, 192.0.2.7, IPV4, 8443, /",
        "2001:db8::1,                     HTTPS_FIRST, 2001:db8::1, IPV6, 443, /",
        "https://[2001:DB8::1]:8443/x,    HTTPS_FIRST, 2001:db8::1, IPV6, 8443, /x",
        "[::1],                           HTTPS_FIRST, ::1, IPV6, 443, /",
        "localhost:3000,                  HTTPS_FIRST, localhost, NAME, 3000, /",
        "example.com?q,                   HTTPS_FIRST, example.com, NAME, 443, /?q",
        "example.com/#part,               HTTPS_FIRST, example.com, NAME, 443, /",
    })
    void parsesInputsAsUsersTypeThem(
            String input, Target.EntryMode entry, String host, Host.HostKind kind, int port, String path) {
        Target target = Target.parse("  " + input + " ");
        assertAll(
                () -> assertEquals(input, target.input()),
                () -> assertEquals(entry, target.entryMode()),
                () -> assertEquals(host, target.host().ascii()),
                () -> assertEquals(kind, target.host().kind()),
                () -> assertEquals(port, target.httpsPort()),
                () -> assertEquals(path, target.pathAndQuery()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "ftp://example.com",
                "mailto:someone@example.com",
                "javascript:alert(1)",
                "https://",
                "https:///path",
                "exa mple.com",
                "example..com",
                ".example.com",
                "-example.com",
                "example.com:99999",
                "example.com:port",
                "192.0.2.256",
                "192.0.2",
                "127.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "010.0.0.1",
                "[2001:db8::g]",
                "exa\u0000mple.com",
                "https://example.com\\@evil.example",
            })
    void rejectsInvalidInputsWithAMessageThatNamesThem(String input) {
        String message = assertThrows(InvalidTargetException.class, () -> Target.parse(input))
                .getMessage();
        assertAll(
                () -> assertTrue(message.contains(input.strip()), message),
                () -> assertTrue(message.contains("expected") || message.contains("remove"), message));
    }

    @Test
    void rejectsCredentialsWithoutRepeatingThem() {
        String message = assertThrows(
                        InvalidTargetException.class, () -> Target.parse("https://user:hunter2@example.com/a"))
                .getMessage();
        assertAll(
                () -> assertTrue(message.contains("https://example.com/a"), message),
                () -> assertTrue(!message.contains("hunter2"), message));
    }

    @Test
    void rejectsInputsLongerThanTheMaximum() {
        String message = assertThrows(
                        InvalidTargetException.class, () -> Target.parse("example.com/" + "a".repeat(2048)))
                .getMessage();
        assertTrue(message.contains("2060") && message.contains("2048"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "intranet, true",
        "shop.localhost, true",
        "a.test, true",
        "printer.local, true",
        "x.internal, true",
        "x.onion, true",
        "router.home.arpa, true",
        "www.example, true",
        "x.alt, true",
        "example.com, false",
        "www.example.net, false",
        "notlocal.com, false",
        "local.com, false",
        "mylocalhost.com, false",
        "internal.example.org, false",
        "arpa.com, false",
        "xhome.arpa, false",
    })
    void recognizesSpecialUseNamesByWholeLabels(String host, boolean special) {
        assertEquals(special, new Host(host, Host.HostKind.NAME).isSpecialUse());
    }
}
