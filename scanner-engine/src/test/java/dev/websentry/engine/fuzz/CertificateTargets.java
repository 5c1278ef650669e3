package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.ssl.SeenTls;
import dev.websentry.engine.observe.TlsEndpoint.ServedChain;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.observe.TlsObservations.RevocationAnswer;
import dev.websentry.engine.observe.TlsObservations.RevocationAnswer.Kind;
import dev.websentry.engine.syntax.CertificateAccess;
import dev.websentry.engine.syntax.Der;
import dev.websentry.engine.syntax.Ocsp;
import dev.websentry.engine.syntax.ServerIdentity;
import dev.websentry.testsite.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/** Fuzz targets for certificates, OCSP responses and revocation lists. */
final class CertificateTargets {
    private static final TestCertificate LEAF = SeenTls.leaf("www.example.com", "192.0.2.7")
            .ocsp("http://ocsp.example.com/")
            .caIssuers("http://ca.example.com/root.der")
            .crl("http://ca.example.com/list.crl")
            .timestamps(HexFormat.of().parseHex("00080002abcd0002abcd"))
            .build();
    private static final RevocationStatements STATEMENTS = new RevocationStatements(LEAF);
    private static final List<byte[]> WORDS = List.of(
            new byte[] {0x30, (byte) 0x80},
            new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
            new byte[] {0, 0},
            new byte[] {0x1f},
            new byte[] {2, 0},
            new byte[] {3, 0},
            new byte[] {0x30, 0},
            new byte[] {(byte) 0xa0, 2, 2, 0});

    private CertificateTargets() {}

    static List<FuzzTarget> all() {
        byte[] leaf = SeenTls.encoded(LEAF.certificate());
        byte[] rsa = SeenTls.encoded(SeenTls.leaf().rsa(2048).build().certificate());
        return List.of(
                new FuzzTarget(
                        "der", List.of(leaf, new byte[] {0x30, 3, 2, 1, 5}), WORDS, 64 << 10, CertificateTargets::der),
                new FuzzTarget("certificate", List.of(leaf, rsa), WORDS, 64 << 10, CertificateTargets::certificate),
                new FuzzTarget(
                        "certificate-bundle",
                        List.of(leaf, LEAF.chainPem().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        List.of("-----BEGIN CERTIFICATE-----\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        64 << 10,
                        input -> assertTrue(CertificateAccess.readAll(input).size() <= 10)),
                new FuzzTarget("ocsp", STATEMENTS.ocsp(), WORDS, 32 << 10, CertificateTargets::ocsp),
                new FuzzTarget("crl", STATEMENTS.lists(), WORDS, 256 << 10, CertificateTargets::crl));
    }

    private static void der(byte[] input) {
        Der element;
        try {
            element = Der.parse(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertArrayEquals(element.encoded(), Der.parse(element.encoded()).encoded());
        try {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            element.children().forEach(child -> joined.writeBytes(child.encoded()));
            assertArrayEquals(element.content(), joined.toByteArray());
        } catch (IllegalArgumentException e) {
            // The content of a primitive element is not DER.
        }
    }

    /** Runs every check on a site with the certificate. */
    private static void certificate(byte[] input) {
        Optional<X509Certificate> read = CertificateAccess.read(input);
        read.ifPresent(certificate -> {
            CertificateAccess.issuerUrls(certificate);
            CertificateAccess.ocspUrls(certificate);
            CertificateAccess.crlUrls(certificate);
            for (String name : ServerIdentity.names(certificate)) {
                assertTrue(!name.isEmpty() || !ServerIdentity.matches(certificate, "www.example.com"));
            }
            if (certificate.getIssuerX500Principal().equals(LEAF.certificate().getIssuerX500Principal())) {
                Ocsp.request(certificate, SeenTls.ROOT.certificate());
            }
        });
        TlsObservations good = SeenTls.good().observations().tls();
        var endpoint = good.endpoints().get(0);
        List<ServedChain> chains = List.of(new ServedChain(
                List.of(input, SeenTls.encoded(SeenTls.ROOT.certificate())), "TLS 1.2", Optional.of(input)));
        JudgedSite.judge(SeenSite.page()
                .tls(new TlsObservations(
                        List.of(new dev.websentry.engine.observe.TlsEndpoint(
                                endpoint.address(),
                                endpoint.reach(),
                                endpoint.versions(),
                                endpoint.suites(),
                                chains,
                                endpoint.https(),
                                endpoint.facts())),
                        "",
                        good.anchors(),
                        List.of(input),
                        List.of())));
    }

    /** Without the key of the issuer, no status other than that of a signed seed may be accepted. */
    private static void ocsp(byte[] input) {
        Optional<Ocsp.Status> status = Ocsp.status(input, LEAF.certificate(), SeenTls.ROOT.certificate(), SeenSite.NOW);
        status.ifPresent(accepted -> assertTrue(
                STATEMENTS.ocsp().stream()
                        .anyMatch(seed -> containsSigned(input, seed) && accepted == STATEMENTS.of(seed)),
                "a forged OCSP response is accepted"));
    }

    private static boolean containsSigned(byte[] input, byte[] seed) {
        String signed = ByteString.of(STATEMENTS.signedPart(seed)).hex();
        return ByteString.of(input).hex().contains(signed);
    }

    private static void crl(byte[] input) {
        var seen = SeenTls.good()
                .serves(LEAF)
                .revocation(new RevocationAnswer(
                        ByteString.of(SeenTls.encoded(LEAF.certificate())), Kind.CRL, ByteString.of(input)))
                .observations();
        String value = JudgedSite.verdict(seen, "ssl.certificate-trust").value();
        if (value.startsWith("Revoked")) {
            assertTrue(
                    STATEMENTS.lists().stream().anyMatch(seed -> containsToBeSigned(input, seed)),
                    "a forged revocation list is accepted");
        }
    }

    private static boolean containsToBeSigned(byte[] input, byte[] seed) {
        byte[] signed = Der.parse(seed).children().get(0).encoded();
        return ByteString.of(input).hex().contains(ByteString.of(signed).hex());
    }
}
