package dev.websentry.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.ClientIdentity;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutualTlsTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate SERVER =
            ROOT.issue("www.example.com", "example.com").build();
    private static final TestCertificate CLIENTS = TestCertificate.root("Clients");

    private static TestCertificateBuilder client(TestCertificate authority) {
        return authority.issue("builder").purpose(KeyPurposeId.id_kp_clientAuth);
    }

    private static ScanObservations observe(TestCertificate client, int port, int otherPort) throws Exception {
        ScanOptions options = ScanOptions.builder()
                .caCertificates(List.of(ROOT.certificate()))
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .resolve(Stream.of(
                                "www.example.com:443:127.0.0.1:" + port,
                                "www.example.com:80:127.0.0.1:1",
                                "example.com:443:127.0.0.1:" + otherPort,
                                "example.com:80:127.0.0.1:1")
                        .map(ResolveOverride::parse)
                        .toList())
                .clientIdentity(new ClientIdentity(client.key(), client.servedChain()))
                .build();
        try (Scanner scanner = new Scanner()) {
            return scanner.observe(Target.parse("https://www.example.com"), options, ScanProgressListener.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void theSiteAcceptsTheClientCertificate(String algorithm) throws Exception {
        TestCertificate client = algorithm.equals("RSA")
                ? client(CLIENTS).rsa(2048).build()
                : client(CLIENTS).build();
        try (TestSite site = TestSite.requiringClientCertificate(
                SERVER.serverContext(CLIENTS), request -> TestSite.page("members only"))) {
            ScanObservations seen = observe(client, site.port(), 1);
            assertEquals(
                    200,
                    seen.site()
                            .page()
                            .value()
                            .exchange()
                            .response()
                            .orElseThrow()
                            .status());
        }
    }

    @Test
    void aRejectedCertificateIsReported() throws Exception {
        TestCertificate untrusted = client(TestCertificate.root("Untrusted")).build();
        try (TestSite site = TestSite.requiringClientCertificate(
                SERVER.serverContext(CLIENTS), request -> TestSite.page("members only"))) {
            ScanObservations seen = observe(untrusted, site.port(), 1);
            String reason = ((Observation.Unknown<RedirectChain>) seen.site().entry()).reason();
            assertTrue(reason.contains("does not accept the configured client certificate"), reason);
            assertTrue(seen.tls().answered());
        }
    }

    @Test
    void otherOriginsDoNotReceiveTheCertificate() throws Exception {
        TestCertificate client = client(CLIENTS).build();
        try (TestSite site = TestSite.requiringClientCertificate(
                        SERVER.serverContext(CLIENTS), request -> TestSite.page("members only"));
                TestSite other = TestSite.requiringClientCertificate(
                        SERVER.serverContext(CLIENTS), request -> TestSite.page("never seen"))) {
            observe(client, site.port(), other.port());
            assertTrue(site.requestCount() > 0);
            assertEquals(0, other.requestCount());
        }
    }
}
