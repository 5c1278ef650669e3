package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.TlsEndpoint.Reachability.ReachabilityKind;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the availability of HTTPS on several addresses, and of servers whose HTTP fails. */
class HttpsAvailabilityCheckTest {
    private static final String CHECK = "ssl.https";

    @ParameterizedTest
    @EnumSource(names = {"MALFORMED", "CLOSED", "CONNECTION_LOST"})
    void serverWithTlsButWithoutHttpFails(RequestFailureKind kind) {
        CheckVerdict verdict = verdict(good().https(kind));
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals("TLS is available, but HTTPS requests fail: 192.0.2.7: " + kind, verdict.value());
        assertEquals(49, verdict.caps().get(0).limit());
        assertEquals(List.of("192.0.2.7: " + kind), verdict.evidence());
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_TIMED_OUT", "CONNECT_TIMED_OUT", "REFUSED"})
    void requestThatMayHaveFailedByChanceIsNotChecked(RequestFailureKind kind) {
        CheckVerdict verdict = verdict(good().https(kind));
        assertEquals(CheckOutcome.NOT_CHECKED, verdict.outcome());
        assertTrue(verdict.value().contains("192.0.2.7: " + kind), verdict.value());
    }

    /** The server may require a client certificate, or TLS that this Java runtime does not support. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_FAILED", "CLIENT_CERTIFICATE_REQUIRED"})
    void tlsWithoutAnHttpRequestPasses(RequestFailureKind kind) {
        assertValue(
                CheckOutcome.PASS,
                "TLS is available on 1 address; no HTTP request could be completed: 192.0.2.7: " + kind,
                good().https(kind));
    }

    @Test
    void addressThatDoesNotRespondWarnsWithItsReason() {
        assertValue(
                CheckOutcome.WARN,
                "1 of 2 addresses do not respond over HTTPS: 192.0.2.8: UNKNOWN",
                good().anotherAddress(ReachabilityKind.UNKNOWN));
    }

    @Test
    void certainFailureIsNamedBeforeAnUnknownOne() {
        assertValue(
                CheckOutcome.WARN,
                "2 of 3 addresses do not respond over HTTPS: 192.0.2.8: REFUSED",
                good().anotherAddress(ReachabilityKind.UNKNOWN).anotherAddress(ReachabilityKind.REFUSED));
    }

    @Test
    void addressBehindAProxyIsNotChecked() {
        CheckVerdict verdict = verdict(good().anotherAddress(ReachabilityKind.BEHIND_PROXY));
        assertEquals(CheckOutcome.NOT_CHECKED, verdict.outcome());
    }

    @Test
    void addressWithoutARouteIsOnlyNoted() {
        assertValue(
                CheckOutcome.PASS,
                "HTTPS is available on 1 address; addresses that this machine has no route to are not counted",
                good().anotherAddress(ReachabilityKind.NO_ROUTE));
        assertValue(CheckOutcome.PASS, "HTTPS is available on 1 address", good());
    }

    @Test
    void severalAddressesThatRespondAreCounted() {
        assertValue(
                CheckOutcome.PASS,
                "HTTPS is available on all 2 addresses",
                good().anotherAddress(ProtocolVersion.TLS_1_3));
    }

    /** Only plain http of the same host shows that the host is reachable. */
    @Test
    void silentPortNextToPlainHttpOfAnotherHostIsNotChecked() {
        CheckVerdict verdict = verdict(good().reach(ReachabilityKind.SILENT)
                .entry(ObservedSite.get("http://example.com/", ObservedSite.response(200, List.of(), ""))));
        assertEquals(CheckOutcome.NOT_CHECKED, verdict.outcome(), verdict.value());
    }

    @Test
    void evidenceNamesTheProtocolOfTheResponse() {
        assertEquals(
                List.of("192.0.2.7: HTTP 200 over TLSv1.3"), verdict(good()).evidence());
    }

    private static void assertValue(CheckOutcome outcome, String value, ObservedTls site) {
        site.assertVerdict(CHECK, outcome, value);
    }

    private static CheckVerdict verdict(ObservedTls site) {
        return site.evaluate(CHECK).verdict();
    }
}
