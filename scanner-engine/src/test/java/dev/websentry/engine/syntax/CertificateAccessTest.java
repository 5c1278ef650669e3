package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class CertificateAccessTest {
    private final TestCertificate leaf =
            TestCertificate.root("Some root").issue("www.example.com").build();

    /** Or every check would verify its signature anew. */
    @Test
    void equalBytesAreOneCertificate() throws Exception {
        byte[] der = leaf.certificate().getEncoded();
        X509Certificate first = CertificateAccess.read(der).orElseThrow();
        assertSame(first, CertificateAccess.read(der.clone()).orElseThrow());
    }

    @Test
    void ofSeveralTheFirstIsRead() throws Exception {
        byte[] der = leaf.certificate().getEncoded();
        byte[] other = TestCertificate.root("Another root")
                .issue("b.example")
                .build()
                .certificate()
                .getEncoded();
        byte[] both = new Buffer().write(der).write(other).readByteArray();
        assertEquals(Optional.of(leaf.certificate()), CertificateAccess.read(both));
        assertEquals(2, CertificateAccess.readAll(both).size());
    }

    @Test
    void whatIsNoCertificateIsEmpty() {
        assertTrue(CertificateAccess.read(new byte[0]).isEmpty());
        assertTrue(CertificateAccess.read(new byte[] {0x30, 3, 2, 1, 5}).isEmpty());
    }
}
