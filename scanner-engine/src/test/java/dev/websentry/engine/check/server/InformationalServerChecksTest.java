package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The informational checks of security.txt and TRACE. */
class InformationalServerChecksTest {
    private static final Check SECURITY_TXT = new SecurityTxtInfo();
    private static final Check TRACE = new TraceMethodInfo();
    private static final Failure LOST = new Failure(Failure.RequestFailureKind.CONNECTION_LOST, "reset");

    /** RFC 9116 sections 2.5.3, 2.5.5 and 3. In the bodies, # represents a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/plain | Contact: mailto:a@b.org#Expires: 2027-01-01T00:00:00Z | , valid until 2027-01-01T00:00:00Z",
                "200 | Text/Plain; charset=utf-8 | contact: mailto:a@b.org#expires: 2027-01-01T00:00:00Z | , valid until",
                "200 | text/plain | Contact: mailto:a@b.org#Expires: 2025-01-01T00:00:00Z | , but it expired: 2025",
                "200 | text/plain | Contact: mailto:a@b.org | 0 Expires",
                "200 | text/plain | Contact: a@b.org#Expires: 2027-01-01T00:00:00Z#Expires: 2028-01-01T00:00:00Z | 2 Expires",
                "200 | text/plain | Contact: mailto:a@b.org#Expires: next year | field is not an RFC 3339 date",
                "200 | text/plain | Expires: 2027-01-01T00:00:00Z | There is a security.txt, but it has no Contact field",
                "200 | text/html | Contact: mailto:a@b.org#Expires: 2027-01-01T00:00:00Z | , but not as text/plain",
                "200 | text/html | Welcome | There is no security.txt",
                "404 | text/plain | Contact: mailto:a@b.org | There is no security.txt"
            })
    void securityTxtIsInformational(int status, String type, String body, String message) {
        CheckVerdict verdict = securityTxt(ScriptedLeakSite.response(status, type, body.replace('#', '\n')));
        assertEquals(CheckOutcome.INFO, verdict.outcome());
        assertTrue(verdict.value().contains(message), verdict.value());
    }

    @Test
    void theRequestIsEvidence() {
        assertEquals(
                List.of("GET " + ScriptedLeakSite.SITE + "/.well-known/security.txt -> 200"),
                securityTxt(ScriptedLeakSite.response(200, "text/plain", "Contact: mailto:a@b.org"))
                        .evidence());
    }

    /** RFC 9116 section 3. */
    @Test
    void securityTxtRequiresHttps() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.securityTxtSite = "http://www.example.com";
        leak.securityTxt =
                ScriptedLeakSite.response(200, "text/plain", "Contact: mailto:a@b.org\nExpires: 2027-01-01T00:00:00Z");
        assertEquals(
                "There is a security.txt, but not over HTTPS",
                leak.evaluate(SECURITY_TXT).value());
    }

    @Test
    void redirectsAreNotFollowed() {
        Response redirect = ObservedSite.response(301, List.of(new Header("Location", "/security.txt")), "");
        assertEquals(
                "/.well-known/security.txt redirects (301); the redirect was not followed",
                securityTxt(redirect).value());
    }

    @Test
    void missingResponsesAreReported() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.securityTxt = LOST;
        leak.trace = LOST;
        assertEquals(
                "Not observed: no response for /.well-known/security.txt",
                leak.evaluate(SECURITY_TXT).value());
        assertEquals("No response to TRACE", leak.evaluate(TRACE).value());
    }

    private static CheckVerdict securityTxt(Response answer) {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.securityTxt = answer;
        return leak.evaluate(SECURITY_TXT);
    }

    /** The server echoes the request, usually as message/http (RFC 9110 section 9.3.8). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Message/HTTP | TRACE / HTTP/1.1 | TRACE echoes the request; disable it",
                "200 | message/http | '' | TRACE echoes the request; disable it",
                "200 | text/plain | '  TRACE / HTTP/1.1' | TRACE echoes the request; disable it",
                "200 | text/html | Welcome | TRACE does not echo the request (200)",
                "405 | message/http | TRACE / HTTP/1.1 | TRACE does not echo the request (405)"
            })
    void traceIsInformational(int status, String type, String body, String value) {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.trace = ScriptedLeakSite.response(status, type, body);
        assertEquals(value, leak.evaluate(TRACE).value());
    }
}
