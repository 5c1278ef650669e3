package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.pki.ConstrainedRoots;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.pki.RootTable;
import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which servers may receive credentials. */
class TrustStoreTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final X509Certificate ANCHOR = ROOT.certificate();

    @Test
    void serversBelowARootThatBrowsersConstrainReceiveCredentialsOnlyForItsNames() {
        assertEquals(Optional.of("the certificate is not trusted"), rejection("www.example.com", List.of()));
        assertEquals(Optional.empty(), rejection("www.example.tr", List.of()));
        assertEquals(Optional.empty(), rejection("www.example.com", List.of(ANCHOR)));
    }

    private static Optional<String> rejection(String host, List<X509Certificate> configured) {
        ConstrainedRoots table = new ConstrainedRoots(Map.of(RootTable.fingerprint(ANCHOR), List.of(".tr")));
        RootCertificates roots = RootCertificates.of(RootStoreChoice.ofFile(List.of(ANCHOR)), configured);
        return new TrustStore(roots, Instant.now(), table)
                .rejectionReason(ROOT.issue(host).build().servedChain(), KeyExchange.UNKNOWN, host);
    }
}
