package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootCertificatesTest {
    private static final X509Certificate FIRST =
            TestCertificate.root("First root").certificate();
    private static final X509Certificate SECOND =
            TestCertificate.root("Second root").certificate();

    @Test
    void rootsAreFoundByTheNamesInCertificatesInTheOrderOfTheStore() {
        RootCertificates roots = RootCertificates.of(RootStoreChoice.ofFile(List.of(SECOND, FIRST)), List.of());
        assertEquals(List.of(SECOND, FIRST), roots.trustedNamedIn(List.of(FIRST, SECOND)));
        assertEquals(List.of(FIRST), roots.trustedNamedIn(List.of(FIRST)));
        assertEquals(
                List.of(),
                roots.trustedNamedIn(List.of(TestCertificate.root("Other root").certificate())));
    }

    @Test
    void configuredRootsAreTrustedInAdditionAndOnce() {
        RootCertificates roots = RootCertificates.of(RootStoreChoice.ofFile(List.of(FIRST)), List.of(FIRST, SECOND));
        assertEquals(List.of(FIRST, SECOND), roots.trusted());
        assertEquals(List.of(FIRST, SECOND), roots.configured());
    }

    @Test
    void rootsOfAnotherScanAreReusedOnlyForTheSameStoreAndConfiguredRoots() {
        RootCertificates roots = RootCertificates.of(RootStoreChoice.BROWSERS, List.of(FIRST));
        assertTrue(roots.isFor(RootStoreChoice.BROWSERS, List.of(FIRST)));
        assertFalse(roots.isFor(RootStoreChoice.JDK, List.of(FIRST)));
        assertFalse(roots.isFor(RootStoreChoice.BROWSERS, List.of()));
        assertFalse(roots.isFor(RootStoreChoice.BROWSERS, List.of(FIRST, SECOND)));
        assertFalse(roots.isFor(RootStoreChoice.ofFile(List.of(SECOND)), List.of(FIRST)));
    }
}
