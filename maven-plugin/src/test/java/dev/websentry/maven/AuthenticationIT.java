package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests scans of sites that require authentication, and that secrets do not appear on the console or in reports. */
class AuthenticationIT {
    private static final String BASIC = "Basic YnVpbGRlcjpzM2NyZXQ=";
    private static final TestCertificate ROOT = TestCertificate.root("Access root");
    private static final TestCertificate SERVER = ROOT.issue("127.0.0.1").build();
    private static final TestCertificate CLIENTS = TestCertificate.root("Access clients");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeRootCertificate() throws Exception {
        Files.writeString(folder.resolve("root.pem"), ROOT.rootPem());
    }

    private static MockResponse guarded(RecordedRequest request) {
        return BASIC.equals(TestSite.header(request, "Authorization"))
                ? TestSite.page("members only")
                : new MockResponse.Builder()
                        .code(401)
                        .setHeader("WWW-Authenticate", "Basic realm=\"site\"")
                        .build();
    }

    private MavenRun scan(MavenDistribution maven, int port, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-X",
                "-Dwebsentry.url=https://127.0.0.1:" + port,
                "-Dwebsentry.caCertificates=root.pem",
                "-Dwebsentry.failBelow=F"));
        arguments.addAll(List.of(more));
        return maven.scan(folder, arguments.toArray(String[]::new));
    }

    @Test
    void credentialsFromSettingsXmlAuthenticateToTheSite() throws Exception {
        MavenDistribution maven = MavenDistribution.running()
                .withSettings("<servers><server><id>site</id><username>builder</username><password>s3cret</password>"
                        + "</server></servers>");
        try (TestSite site = TestSite.https(SERVER.serverContext(), AuthenticationIT::guarded)) {
            MavenRun run = scan(maven, site.port(), "-Dwebsentry.authServerId=site");
            assertEquals(0, run.exitCode(), run.console());
            assertTrue(run.console().contains("FAIL  Content-Security-Policy"), run.console());
            assertFalse(run.console().contains("s3cret"), "the password is on the console");
            assertFalse(run.console().contains(BASIC.substring(6)), "the credentials are on the console");
            for (String report : run.reports()) {
                String text =
                        Files.readString(folder.resolve("target/websentry").resolve(report));
                assertFalse(text.contains(BASIC.substring(6)), report);
            }
        }
    }

    @Test
    void clientKeyStoreAuthenticatesWithPasswordFromTheEnvironment() throws Exception {
        TestCertificate client =
                CLIENTS.issue("builder").purpose(KeyPurposeId.id_kp_clientAuth).build();
        Files.write(folder.resolve("client.p12"), client.keyStore("PKCS12", "pw-of-the-store"));
        try (TestSite site = TestSite.requiringClientCertificate(
                SERVER.serverContext(CLIENTS), request -> TestSite.page("members only"))) {
            MavenRun without = scan(MavenDistribution.running(), site.port());
            assertNotEquals(0, without.exitCode(), without.console());
            assertTrue(without.console().contains("the server requires a client certificate"), without.console());

            MavenDistribution maven =
                    MavenDistribution.running().with("WEBSENTRY_CLIENT_KEY_STORE_PASSWORD", "pw-of-the-store");
            MavenRun run = scan(maven, site.port(), "-Dwebsentry.clientKeyStore=client.p12");
            assertEquals(0, run.exitCode(), run.console());
            assertTrue(run.console().contains("FAIL  Content-Security-Policy"), run.console());
            assertFalse(run.console().contains("pw-of-the-store"), "the password is on the console");
        }
    }

    @Test
    void wrongKeyStorePasswordIsReportedBeforeTheScan() throws Exception {
        Files.write(folder.resolve("client.p12"), SERVER.keyStore("PKCS12", "right"));
        try (TestSite site = TestSite.https(SERVER.serverContext(), AuthenticationIT::guarded)) {
            MavenDistribution maven =
                    MavenDistribution.running().with("WEBSENTRY_CLIENT_KEY_STORE_PASSWORD", "wrong-one");
            MavenRun run = scan(maven, site.port(), "-Dwebsentry.clientKeyStore=client.p12");
            assertNotEquals(0, run.exitCode(), run.console());
            assertTrue(
                    run.console().contains("-Dwebsentry.clientKeyStorePassword): wrong password for \""),
                    run.console());
            assertFalse(run.console().contains("wrong-one"), "the password is on the console");
            assertEquals(0, site.requestCount());
        }
    }

    @Test
    void apiKeyFromTheEnvironmentIsSentToTheServerButNotPrinted() throws Exception {
        try (TestSite api = TestSite.http(request -> new MockResponse.Builder()
                .code(401)
                .setHeader("Content-Type", "application/json")
                .body("{\"ok\":false,\"error\":\"Unknown key " + TestSite.header(request, "Authorization") + "\"}")
                .build())) {
            MavenRun run = MavenDistribution.running()
                    .with("WEBSENTRY_API_KEY", "ss_of-the-environment-0123")
                    .scan(
                            folder,
                            "-X",
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port());
            assertNotEquals(0, run.exitCode(), run.console());
            assertEquals("ss_of-the-environment-0123", TestSite.header(api.takeRequest(), "Authorization"));
            assertTrue(run.console().contains("rejected the API key (401): Unknown key ***"), run.console());
            assertFalse(run.console().contains("ss_of-the-environment"), "the key is on the console");
        }
    }

    @Test
    void optionOfALocalScanIsRejectedWithAServer() throws Exception {
        try (TestSite api = TestSite.http(request -> TestSite.notFound())) {
            MavenRun run = MavenDistribution.running()
                    .scan(
                            folder,
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port(),
                            "-Dwebsentry.dnsServers=192.0.2.53");
            assertNotEquals(0, run.exitCode(), run.console());
            assertTrue(
                    run.console().contains("dnsServers (-Dwebsentry.dnsServers): has no effect on a remote scan"),
                    run.console());
            assertEquals(0, api.requestCount());
        }
    }
}
