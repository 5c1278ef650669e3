package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.check.ssl.ObservedTls;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement.RevocationSource;
import dev.websentry.engine.pki.ChainValidator;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.DerElement;
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
final class CertificateFuzzTargets {
    private static final TlsObservations GOOD =
            ObservedTls.good().observations().tls();
    private static final TestCertificate LEAF = ObservedTls.leaf("www.example.com", "192.0.2.7")
            .ocsp("http://ocsp.example.com/")
            .caIssuers("http://ca.example.com/root.der")
            .crl("http://ca.example.com/list.crl")
            .signedCertificateTimestamps(HexFormat.of().parseHex("00080002abcd0002abcd"))
            .build();
    private static final SignedRevocationData STATEMENTS = new SignedRevocationData(LEAF);
    private static final List<byte[]> WORDS = List.of(
            new byte[] {0x30, (byte) 0x80},
            new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
            new byte[] {0, 0},
            new byte[] {0x1f},
            new byte[] {2, 0},
            new byte[] {3, 0},
            new byte[] {0x30, 0},
            new byte[] {(byte) 0xa0, 2, 2, 0});

    private CertificateFuzzTargets() {}

    static List<FuzzTarget> all() {
        byte[] leaf = ObservedTls.encoded(LEAF.certificate());
        byte[] rsa = ObservedTls.encoded(ObservedTls.leaf().rsa(2048).build().certificate());
        return List.of(
                new FuzzTarget(
                        "der",
                        List.of(leaf, new byte[] {0x30, 3, 2, 1, 5}),
                        WORDS,
                        64 << 10,
                        CertificateFuzzTargets::der),
                new FuzzTarget("certificate", List.of(leaf, rsa), WORDS, 64 << 10, CertificateFuzzTargets::certificate),
                new FuzzTarget(
                        "certificate-bundle",
                        List.of(leaf, LEAF.chainPem().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        List.of("-----BEGIN CERTIFICATE-----\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        64 << 10,
                        input -> assertTrue(Certificates.parseAll(input).size() <= 10)),
                new FuzzTarget("ocsp", STATEMENTS.ocspResponses(), WORDS, 32 << 10, CertificateFuzzTargets::ocsp),
                new FuzzTarget("crl", STATEMENTS.crls(), WORDS, 256 << 10, CertificateFuzzTargets::crl));
    }

    private static void der(byte[] input) {
        DerElement element;
        try {
            element = DerElement.parse(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertArrayEquals(element.encoded(), DerElement.parse(element.encoded()).encoded());
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
        ChainValidator.malformation(input);
        Optional<X509Certificate> read = Certificates.parse(input);
        read.ifPresent(certificate -> {
            Certificates.caIssuersUrls(certificate);
            Certificates.ocspUrls(certificate);
            Certificates.crlUrls(certificate);
            for (String name : ServerIdentity.subjectAltNames(certificate)) {
                assertTrue(!name.isEmpty() || !ServerIdentity.matches(certificate, "www.example.com"));
            }
            if (certificate.getIssuerX500Principal().equals(LEAF.certificate().getIssuerX500Principal())) {
                Ocsp.buildRequest(certificate, ObservedTls.ROOT.certificate());
            }
        });
        var endpoint = GOOD.endpoints().get(0);
        List<ServedCertificateChain> chains = List.of(new ServedCertificateChain(
                List.of(input, ObservedTls.encoded(ObservedTls.ROOT.certificate())), "TLS 1.2", Optional.of(input)));
        SiteGrader.grade(ObservedSite.page()
                .tls(new TlsObservations(
                        List.of(new dev.websentry.engine.observation.TlsEndpoint(
                                endpoint.address(),
                                endpoint.reach(),
                                endpoint.versions(),
                                endpoint.suites(),
                                chains,
                                endpoint.https(),
                                endpoint.facts())),
                        "",
                        GOOD.anchors(),
                        List.of(input),
                        List.of())));
    }

    /** Without the key of the issuer, no status other than that of a signed seed may be accepted. */
    private static void ocsp(byte[] input) {
        Optional<Ocsp.OcspCertStatus> status =
                Ocsp.certStatus(input, LEAF.certificate(), ObservedTls.ROOT.certificate(), ObservedSite.NOW);
        status.ifPresent(accepted -> assertTrue(
                STATEMENTS.ocspResponses().stream()
                        .anyMatch(seed -> containsSigned(input, seed) && accepted == STATEMENTS.statusOf(seed)),
                "a forged OCSP response is accepted"));
    }

    private static boolean containsSigned(byte[] input, byte[] seed) {
        String signed = ByteString.of(STATEMENTS.responseData(seed)).hex();
        return ByteString.of(input).hex().contains(signed);
    }

    private static void crl(byte[] input) {
        var seen = ObservedTls.good()
                .serves(LEAF)
                .revocation(new RevocationStatement(
                        ByteString.of(ObservedTls.encoded(LEAF.certificate())),
                        RevocationSource.CRL,
                        ByteString.of(input)))
                .observations();
        String value = SiteGrader.verdict(seen, "ssl.certificate-trust").value();
        if (value.startsWith("Revoked")) {
            assertTrue(
                    STATEMENTS.crls().stream().anyMatch(seed -> containsToBeSigned(input, seed)),
                    "a forged revocation list is accepted");
        }
    }

    private static boolean containsToBeSigned(byte[] input, byte[] seed) {
        byte[] signed = DerElement.parse(seed).children().get(0).encoded();
        return ByteString.of(input).hex().contains(ByteString.of(signed).hex());
    }
}
