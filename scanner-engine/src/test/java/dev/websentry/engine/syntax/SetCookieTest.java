package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.ProcessorTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void parsesEveryAttribute() {
        SetCookie cookie = parse("id=a=b; Domain=.Example.com; Path=/app; SECURE; httponly; SameSite=Lax; Max-Age=60");
        assertEquals("id", cookie.name());
        assertEquals(Optional.of("example.com"), cookie.domain());
        assertEquals(Optional.of("/app"), cookie.path());
        assertTrue(cookie.secure());
        assertTrue(cookie.httpOnly());
        assertEquals(Optional.of("Lax"), cookie.sameSite());
        assertEquals(Optional.of(NOW.plusSeconds(60)), cookie.expiry());
    }

    /** RFC 6265bis section 5.6.3; an empty domain means the host only. */
    @ParameterizedTest
    @ValueSource(strings = {"Domain", "Domain=", "Domain=."})
    void lastDomainAppliesEvenIfItIsEmpty(String attribute) {
        assertEquals(Optional.empty(), parse("id=1; Domain=a.net; " + attribute).domain());
    }

    /** RFC 6265bis section 5.6.4. */
    @ParameterizedTest
    @ValueSource(strings = {"Path", "Path=", "Path=app"})
    void pathWithoutALeadingSlashIsTheDefaultPath(String attribute) {
        assertEquals(Optional.empty(), parse("id=1; Path=/a; " + attribute).path());
    }

    /** RFC 6265bis section 5.6, step 6 of the attributes: the limit is 1024 octets. */
    @Test
    void attributeOfMoreThanOneKibibyteIsIgnored() {
        String longest = "/" + "x".repeat(1023);
        assertEquals(Optional.of(longest), parse("id=1; Path=" + longest).path());
        assertEquals(
                Optional.of("/a"), parse("id=1; Path=/a; Path=" + longest + "x").path());
        assertEquals(
                Optional.empty(), parse("id=1; Path=/" + "\u00e9".repeat(512)).path());
    }

    @Test
    void attributeNamesInTheValueAreIgnored() {
        SetCookie cookie = parse("id=Secure, HttpOnly");
        assertFalse(cookie.secure());
        assertFalse(cookie.httpOnly());
    }

    @Test
    void commaDoesNotStartAnotherCookie() {
        SetCookie cookie = parse("id=1, other=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure");
        assertEquals("id", cookie.name());
        assertTrue(cookie.secure());
        assertEquals(Optional.of(Instant.parse("2026-10-21T07:28:00Z")), cookie.expiry());
    }

    @Test
    void lastOfSeveralEqualAttributesApplies() {
        assertEquals(
                Optional.of("Strict"),
                parse("id=1; SameSite=None; SameSite=Strict").sameSite());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id=1; Max-Age=0; Expires=Fri, 01 Jan 2100 00:00:00 GMT | 1970-01-01T00:00:00Z",
                "id=1; Max-Age=-5 | 1970-01-01T00:00:00Z",
                "id=1; Max-Age=00010 | 2026-03-01T12:00:10Z",
                "id=1; Max-Age=1000000000 | 2057-11-07T13:46:40Z",
                "id=1; Max-Age=junk; Expires=Thu 01-Jan-1970 00:00:00 GMT | 1970-01-01T00:00:00Z",
            })
    void maxAgeTakesPrecedenceOverExpires(String line, Instant expiry) {
        assertEquals(Optional.of(expiry), parse(line).expiry());
    }

    /** RFC 6265bis section 5.6.1: an attribute whose value is not a date is ignored. */
    @Test
    void invalidExpiresDoesNotReplaceAValidOne() {
        Optional<Instant> past = Optional.of(Instant.EPOCH);
        String valid = "id=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
        assertEquals(past, parse(valid + "; Expires=soon").expiry());
        assertEquals(past, parse(valid + "; expires").expiry());
        assertEquals(
                past,
                parse("id=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT; " + valid).expiry());
        assertEquals(Optional.empty(), parse("id=1; Expires=soon").expiry());
    }

    @Test
    void hugeMaxAgeDoesNotOverflow() {
        assertTrue(parse("id=1; Max-Age=99999999999999999999999")
                .expiry()
                .orElseThrow()
                .isAfter(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", ";Secure", "  ; x", "id=\u0000", "id=a\rb", "id=1; Path=\u0007"})
    void linesThatBrowsersIgnoreAreIgnored(String line) {
        assertEquals(Optional.empty(), SetCookie.parse(line, NOW));
    }

    @Test
    void cookiesLargerThanFourKibibytesAreIgnored() {
        assertEquals(Optional.empty(), SetCookie.parse("id=" + "x".repeat(4095), NOW));
        assertTrue(SetCookie.parse("id=" + "x".repeat(4094), NOW).isPresent());
    }

    @Test
    void lineWithoutEqualsSignIsANamelessCookie() {
        assertEquals("", parse("just-a-value; Secure").name());
    }

    /** RFC 6265bis section 5.7: servers would read such a cookie as one with a prefix. */
    @ParameterizedTest
    @ValueSource(strings = {"=__Host-sid=1; Secure; Path=/", "__Secure-sid", "= __host-x", "=__SECURE-=; Secure"})
    void namelessCookieWithAPrefixAsValueIsIgnored(String line) {
        assertEquals(Optional.empty(), SetCookie.parse(line, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=__Hostsid", "=x__Host-sid", "x=__Host-sid"})
    void otherValuesAreNotPrefixes(String line) {
        assertTrue(SetCookie.parse(line, NOW).isPresent());
    }

    /** RFC 6265bis section 5.6.7: without a known value the default applies, as if the attribute were absent. */
    @ParameterizedTest
    @ValueSource(strings = {"id=1; SameSite", "id=1; SameSite=", "id=1; samesite = ", "id=1; SameSite=Lax; SameSite"})
    void sameSiteWithoutValueIsAbsent(String line) {
        assertEquals(Optional.empty(), parse(line).sameSite());
    }

    @ParameterizedTest
    @CsvSource({"__Host-sid, sid", "__secure-SID, SID", "__Hostsid, __Hostsid"})
    void prefixesAreCaseInsensitive(String name, String bare) {
        assertEquals(bare, parse(name + "=1").nameWithoutPrefix());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
                "06 nov 30 8:49:7 | 2030-11-06T08:49:07Z",
                "1 Jan 1601 00:00:00 | 1601-01-01T00:00:00Z",
                "1 Jan 69 00:00:00 | 2069-01-01T00:00:00Z",
                "1 Jan 70 00:00:00 | 1970-01-01T00:00:00Z",
                "1 Jan 99 00:00:00 | 1999-01-01T00:00:00Z",
                "1 Jan 00 00:00:00 | 2000-01-01T00:00:00Z",
                "1 Jan 00 2005 00:00:00 | 2000-01-01T00:00:00Z",
                "1 January 2026 1:02:03 2027 Feb 2 4:05:06 | 2026-01-01T01:02:03Z",
            })
    void parsesAllDateFormatsThatBrowsersAccept(String text, Instant date) {
        assertEquals(Optional.of(date), CookieDate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "31 Feb 2026 00:00:00",
                "1 Jan 1600 00:00:00",
                "1 Jan 2026 24:00:00",
                "1 Jan 2026",
                "Jan 2026 00:00:00",
                "1 2026 00:00:00",
                "1 Jan 00:00:00",
                "1 Jan 100 00:00:00",
                "0 Jan 2026 00:00:00",
                "0 5 Jan 2026 00:00:00"
            })
    void rejectsInvalidDates(String text) {
        assertEquals(Optional.empty(), CookieDate.parse(text));
    }

    @Test
    void randomLinesDoNotBreakTheParser() {
        Random random = new Random(11);
        String alphabet = "=; ,:-\"\t\\abcExpires MaxDomain/0123456789\u00e9\u20ac\u0001";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertNotNull(SetCookie.parse(line.toString(), NOW));
            assertNotNull(CookieDate.parse(line.toString()));
        }
    }

    private static SetCookie parse(String line) {
        return SetCookie.parse(line, NOW).orElseThrow();
    }

    @Test
    void manySpacesAreParsedInLinearTime() {
        String line = "id=1" + " ".repeat(4_000) + "x; Path=/" + " ".repeat(250_000) + "x";
        SetCookie cookie = ProcessorTime.limit(Duration.ofSeconds(20), () -> parse(line));
        assertEquals(Optional.empty(), cookie.path(), "an attribute value of more than 1024 octets is ignored");
        SetCookie many = ProcessorTime.limit(Duration.ofSeconds(20), () -> parse("id=1" + "; a".repeat(80_000)));
        assertEquals("id", many.name());
    }

    @Test
    void anyNonDigitMayFollowTheFieldsOfADate() {
        // RFC 6265bis section 5.1.1: day-of-month = 1*2DIGIT [ non-digit *OCTET ], and NEL is an octet.
        assertEquals(
                Optional.of(Instant.parse("2026-10-21T07:28:00Z")),
                CookieDate.parse("21\u0085x oct 2026\u0085 07:28:00\u0085z"));
    }
}
