package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static dev.websentry.engine.syntax.tls.ProtocolVersion.TLS_1_0;
import static dev.websentry.engine.syntax.tls.ProtocolVersion.TLS_1_1;
import static dev.websentry.engine.syntax.tls.ProtocolVersion.TLS_1_2;
import static dev.websentry.engine.syntax.tls.ProtocolVersion.TLS_1_3;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests hosts whose addresses accept different protocol versions. */
class ProtocolVersionsCheckTest {
    private static final String CHECK = "ssl.protocol-versions";
    private static final String NOTE = "; the addresses accept different versions";

    @Test
    void differentVersionsOfTwoAddressesAreNoted() {
        assertValue(CheckOutcome.PASS, "Only TLS 1.2 and TLS 1.3 are accepted" + NOTE, good().anotherAddress(TLS_1_3));
        assertValue(
                CheckOutcome.WARN,
                "TLS 1.2 without TLS 1.3 on at least one address" + NOTE,
                good().anotherAddress(TLS_1_2));
        assertValue(
                CheckOutcome.FAIL,
                "Obsolete protocol versions are accepted: TLS 1.1" + NOTE,
                good().anotherAddress(TLS_1_1, TLS_1_3));
    }

    @Test
    void equalVersionsOfTwoAddressesNeedNoNote() {
        assertValue(
                CheckOutcome.PASS, "Only TLS 1.2 and TLS 1.3 are accepted", good().anotherAddress(TLS_1_2, TLS_1_3));
        assertValue(CheckOutcome.WARN, "TLS 1.2 without TLS 1.3", good().accepts(TLS_1_2));
    }

    @Test
    void differenceIsNotNotedIfAVersionIsUnknown() {
        assertValue(
                CheckOutcome.FAIL,
                "Obsolete protocol versions are accepted: TLS 1.0",
                good().accepts(TLS_1_0).unknown(TLS_1_3).anotherAddress(TLS_1_2));
    }

    @Test
    void reasonOfTheCapNamesTheVersions() {
        assertEquals("TLS 1.0 is accepted", capReason(good().accepts(TLS_1_0, TLS_1_2)));
        assertEquals("TLS 1.0, TLS 1.1 are accepted", capReason(good().accepts(TLS_1_0, TLS_1_1, TLS_1_2)));
    }

    @Test
    void evidenceNamesTheAnswerOfEachAddressToEachVersion() {
        assertEquals(
                List.of(
                        "192.0.2.7: SSLv2 no, SSLv3 no, TLS 1.0 yes, TLS 1.1 no, TLS 1.2 no, TLS 1.3 unknown",
                        "192.0.2.8: SSLv2 no, SSLv3 no, TLS 1.0 no, TLS 1.1 no, TLS 1.2 yes, TLS 1.3 no"),
                verdict(good().accepts(TLS_1_0).unknown(TLS_1_3).anotherAddress(TLS_1_2))
                        .evidence());
    }

    private static String capReason(ObservedTls site) {
        return verdict(site).caps().get(0).reason();
    }

    private static void assertValue(CheckOutcome outcome, String value, ObservedTls site) {
        site.assertVerdict(CHECK, outcome, value);
    }

    private static CheckVerdict verdict(ObservedTls site) {
        return site.evaluate(CHECK).verdict();
    }
}
