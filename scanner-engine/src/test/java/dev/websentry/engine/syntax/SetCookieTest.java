package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static SetCookie read(String line) {
        return SetCookie.parse(line).orElseThrow();
    }

    @Test
    void aCommaInADateSeparatesNothing() {
        SetCookie cookie = read("sid=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure");
        assertTrue(cookie.secure());
        assertEquals(
                Optional.of(Instant.parse("2026-10-21T07:28:00Z")),
                cookie.expiry().expires());
    }

    @Test
    void aValueThatSaysSecureIsNoAttribute() {
        SetCookie cookie = read("sid=Secure HttpOnly");
        assertFalse(cookie.secure() || cookie.httpOnly());
    }

    @Test
    void attributesIgnoreCaseAndTheLastOneCounts() {
        SetCookie cookie = read("sid=1; SECURE; sAmEsItE=None; SameSite=Lax; domain=.Example.COM; path=/a; Path=/b");
        assertTrue(cookie.secure());
        assertEquals(Optional.of("Lax"), cookie.sameSite());
        assertEquals(Optional.of("example.com"), cookie.domain());
        assertEquals(Optional.of("/b"), cookie.path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sid=; Max-Age=0",
                "sid=; Max-Age=-1",
                "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "sid=; expires=Thu, 01-Jan-70 00:00:01 GMT",
                "sid=; Expires=Fri, 01 Jan 2027 00:00:00 GMT; Max-Age=0"
            })
    void endsAtOnce(String line) {
        assertTrue(read(line).expiry().isOver(NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sid=1",
                "sid=1; Max-Age=60",
                "sid=1; Max-Age=99999999999999999999999",
                "sid=1; Max-Age=soon",
                "sid=1; Expires=never",
                "sid=1; Expires=31 Feb 2020 00:00:00",
                "sid=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
            })
    void staysForNow(String line) {
        assertFalse(read(line).expiry().isOver(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", " ; Secure", "a=b\u0000c", "a=b\rSet-Cookie: x=y", "=__Host-a", "__Secure-x"})
    void isIgnored(String line) {
        assertTrue(SetCookie.parse(line).isEmpty());
    }

    @Test
    void overFourKibibytesIsIgnored() {
        assertTrue(SetCookie.parse("a=" + "x".repeat(4096)).isEmpty());
        assertTrue(SetCookie.parse("a=" + "x".repeat(4095)).isPresent());
    }

    @Test
    void whatIsShownHasNoValue() {
        assertEquals("sid=…; Secure; Path=/", read("sid=s3cret; Secure; Path=/").withoutValue());
    }
}
