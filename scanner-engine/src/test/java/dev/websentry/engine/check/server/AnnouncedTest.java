package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines on security.txt and TRACE, which inform and carry no points. */
class AnnouncedTest {
    private static final Check SECURITY_TXT = new SecurityTxtCheck();
    private static final Check TRACE = new TraceCheck();
    private static final Failure LOST = new Failure(Failure.Kind.CONNECTION_LOST, "reset");

    /** RFC 9116 sections 2.5.3, 2.5.5 and 3; # stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/plain | Contact: mailto:a@b.org#Expires: 2027-01-01T00:00:00Z | , valid until 2027-01-01T00:00:00Z",
                "200 | Text/Plain; charset=utf-8 | contact: mailto:a@b.org#expires: 2027-01-01T00:00:00Z | , valid until",
                "200 | text/plain | Contact: mailto:a@b.org#Expires: 2025-01-01T00:00:00Z | , but it expired: 2025",
                "200 | text/plain | Contact: mailto:a@b.org | 0 Expires",
                "200 | text/plain | Contact: a@b.org#Expires: 2027-01-01T00:00:00Z#Expires: 2028-01-01T00:00:00Z | 2 Expires",
                "200 | text/plain | Contact: mailto:a@b.org#Expires: next year | is no date",
                "200 | text/plain | Expires: 2027-01-01T00:00:00Z | There is a security.txt, but it has no Contact",
                "200 | text/html | Contact: mailto:a@b.org#Expires: 2027-01-01T00:00:00Z | , but not as text/plain",
                "200 | text/html | Welcome | There is no security.txt",
                "404 | text/plain | Contact: mailto:a@b.org | There is no security.txt"
            })
    void securityTxtInforms(int status, String type, String body, String says) {
        Verdict verdict = securityTxt(Leak.answer(status, type, body.replace('#', '\n')));
        assertEquals(Outcome.INFO, verdict.outcome());
        assertTrue(verdict.value().contains(says), verdict.value());
    }

    @Test
    void theFileIsEvidence() {
        assertEquals(
                List.of("GET " + Leak.SITE + "/.well-known/security.txt -> 200"),
                securityTxt(Leak.answer(200, "text/plain", "Contact: mailto:a@b.org"))
                        .evidence());
    }

    /** RFC 9116 section 3. */
    @Test
    void theFileBelongsOnHttps() {
        Leak leak = new Leak();
        leak.securityTxtSite = "http://www.example.com";
        leak.securityTxt = Leak.answer(200, "text/plain", "Contact: mailto:a@b.org\nExpires: 2027-01-01T00:00:00Z");
        assertEquals(
                "There is a security.txt, but not over https",
                leak.judge(SECURITY_TXT).value());
    }

    @Test
    void aRedirectIsNotFollowed() {
        Response redirect = SeenSite.response(301, List.of(new Header("Location", "/security.txt")), "");
        assertEquals(
                "/.well-known/security.txt redirects (301), not followed",
                securityTxt(redirect).value());
    }

    @Test
    void withoutAnswerNothingIsSaid() {
        Leak leak = new Leak();
        leak.securityTxt = LOST;
        leak.trace = LOST;
        assertEquals(
                "Not seen: no answer for /.well-known/security.txt",
                leak.judge(SECURITY_TXT).value());
        assertEquals("TRACE got no answer", leak.judge(TRACE).value());
    }

    private static Verdict securityTxt(Response answer) {
        Leak leak = new Leak();
        leak.securityTxt = answer;
        return leak.judge(SECURITY_TXT);
    }

    /** RFC 9110 section 9.3.8: the request comes back, as message/http where the server says so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Message/HTTP | TRACE / HTTP/1.1 | TRACE is answered with the request: switch it off",
                "200 | message/http | '' | TRACE is answered with the request: switch it off",
                "200 | text/plain | '  TRACE / HTTP/1.1' | TRACE is answered with the request: switch it off",
                "200 | text/html | Welcome | TRACE does not repeat the request (200)",
                "405 | message/http | TRACE / HTTP/1.1 | TRACE does not repeat the request (405)"
            })
    void traceInforms(int status, String type, String body, String value) {
        Leak leak = new Leak();
        leak.trace = Leak.answer(status, type, body);
        assertEquals(value, leak.judge(TRACE).value());
    }
}
