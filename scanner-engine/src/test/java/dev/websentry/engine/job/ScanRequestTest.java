package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.remote.RemoteServer;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.TestCertificate;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanRequestTest {
    private static RawOptions texts() {
        return new RawOptions(option -> "-D" + option.key())
                .set(Option.URL, "https://www.example.com")
                .set(Option.OUTPUT_DIRECTORY, "out");
    }

    @Test
    void defaultsOfTheEngineApply() throws Exception {
        ScanRequest request = ScanRequest.parse(texts());
        assertEquals(ScanOptions.defaults(), request.options());
        assertEquals(Optional.of(Grade.B), request.gate().conditions().failBelow());
        assertTrue(request.gate().conditions().failOnIncomplete());
        assertEquals(
                Set.of(ReportFormat.JSON, ReportFormat.HTML), request.files().formats());
        assertEquals(4, request.parallelism());
        assertTrue(request.failOnError());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            URL                     | ftp://example.com    | -Durl: 'ftp://example.com' cannot be scanned
            URL                     | exa mple.com         | -Durl: 'exa mple.com' cannot be scanned
            URLS                    | mailto:me@host       | -Durls: 'mailto:me@host' cannot be scanned
            FAIL_BELOW              | E                    | -DfailBelow: unknown grade "E"; use A+, A, B, C, D or F
            MIN_SCORE               | 101                  | -DminScore: invalid value "101"; use a whole number from 0 to 100
            MIN_SCORE               | 7O                   | -DminScore: invalid value "7O"
            FAIL_ON_INCOMPLETE      | flase                | -DfailOnIncomplete: invalid value "flase"; use true or false
            FAIL_ON_ERROR           | no                   | -DfailOnError: invalid value "no"; use true or false
            FORMATS                 | pdf                  | -Dformats: unknown format "pdf"; use one or more of json, html
            PARALLELISM             | 0                    | -Dparallelism: invalid value "0"; use a whole number from 1 to 64
            TIMEOUT_SECONDS         | -1                   | -DtimeoutSeconds: invalid value "-1"; use a whole number from 1 to 3600
            CONNECT_TIMEOUT_SECONDS | 1.5                  | -DconnectTimeoutSeconds: invalid value "1.5"
            DNS_SERVERS             | 192.0.2.53:99999     | -DdnsServers: '99999' is not a port
            RESOLVE                 | www.example.com:443  | -Dresolve: 'www.example.com:443' is not a resolve entry
            ROOT_STORE              | mozilla              | -DrootStore: unknown root store "mozilla"; use browsers, jdk, or the path of a PEM file
            CA_CERTIFICATES         | no/such/file.pem     | -DcaCertificates: "no/such/file.pem" is not a readable file
            TRUST_ANCHOR            | no/such/file         | -DtrustAnchor: "no/such/file" is not a readable file
            HEADERS                 | no colon             | -Dheaders: invalid field name in a header line
            MAIL_DOMAIN             | https://a.example/x  | -DmailDomain: invalid domain "https://a.example/x"
            DKIM_SELECTORS          | a b                  | -DdkimSelectors: invalid DKIM selector "a b"
            HTTP_PORT               | 65536                | -DhttpPort: invalid value "65536"; use a whole number from 1 to 65535
            ALLOW_PRIVATE_ADDRESSES | yes                  | -DallowPrivateAddresses: invalid value "yes"; use true or false
            PROBE_PATHS             | maybe                | -DprobePaths: invalid value "maybe"; use true or false
            CLIENT_KEY_STORE        | no/such/file.p12     | -DclientKeyStore: "no/such/file.p12" is not a readable file
            CLIENT_KEY_STORE_PASSWORD | hunter2            | -DclientKeyStorePassword: no key store is set; set -DclientKeyStore as well
            SERVER                  | http://example.com   | -Dserver: "http://example.com" would send the API key unencrypted; use https
            SERVER                  | ftp://example.com    | -Dserver: "ftp://example.com" is not the URL of a WebSentry server
            SERVER                  | https://a.example/?x | -Dserver: "https://a.example/?x" contains a user name, password, query or fragment; use only
            API_KEY                 | ss_with blank        | -DapiKey: invalid API key
            """)
    void invalidValueIsReportedOnOneLineThatStartsWithTheOption(Option option, String text, String message) {
        InvalidOptionException error =
                assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts().set(option, text)));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        assertEquals(option, error.option());
    }

    @Test
    void selectorLongerThanADnsNameIsRejected() {
        String selector = "a" + ".b".repeat(5_000);
        InvalidOptionException error = assertThrows(
                InvalidOptionException.class, () -> ScanRequest.parse(texts().set(Option.DKIM_SELECTORS, selector)));
        assertTrue(error.getMessage().contains("invalid DKIM selector"), error.getMessage());
    }

    @Test
    void missingUrlIsReportedWithBothOptions() {
        InvalidOptionException error = assertThrows(
                InvalidOptionException.class,
                () -> ScanRequest.parse(texts().set(Option.URL, " ").set(Option.URLS, List.of())));
        assertTrue(error.getMessage().startsWith("-Durl: nothing to scan"), error.getMessage());
        assertTrue(error.getMessage().contains("-Durls"), error.getMessage());
    }

    @Test
    void messagesContainNoSecrets() {
        for (RawOptions texts : List.of(
                texts().set(Option.URL, "http://user:hunter2@example.com"),
                texts().set(Option.HEADERS, "Authorization: hunter2\u0007"),
                texts().set(Option.SERVER, "https://me:hunter2@example.com"),
                texts().set(Option.SERVER, "https://example.com").set(Option.API_KEY, "hunter2 hunter2"),
                texts().setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, "hunter2"))) {
            InvalidOptionException error = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts));
            assertFalse(error.getMessage().contains("hunter2"), error.getMessage());
        }
    }

    @Test
    void fileWithoutACertificateIsRejected(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("root.pem"), "not a certificate");
        InvalidOptionException error = assertThrows(
                InvalidOptionException.class,
                () -> ScanRequest.parse(texts().set(Option.CA_CERTIFICATES, file.toString())));
        assertTrue(error.getMessage().contains("root.pem\" contains no certificate"), error.getMessage());
    }

    @Test
    void invalidTrustAnchorIsRejectedBeforeTheScan(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("anchor"), ". IN DS 20326 8 2 E06D44B8");
        InvalidOptionException error = assertThrows(
                InvalidOptionException.class,
                () -> ScanRequest.parse(texts().set(Option.TRUST_ANCHOR, file.toString())));
        assertTrue(error.getMessage().contains("trustAnchor"), error.getMessage());
        assertTrue(error.getMessage().contains("anchor\""), error.getMessage());
    }

    @Test
    void everyOptionIsPassedToTheScan(@TempDir Path folder) throws Exception {
        TestCertificate root = TestCertificate.root("Test root");
        Path pem = Files.writeString(folder.resolve("root.pem"), root.rootPem());
        String digest = "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";
        Path anchor = Files.writeString(folder.resolve("anchor"), "; a comment\n. IN DS 20326 8 2 " + digest + "\n\n");
        ScanOptions options = ScanRequest.parse(texts().set(Option.TIMEOUT_SECONDS, "7")
                        .set(Option.CONNECT_TIMEOUT_SECONDS, "2")
                        .set(Option.DNS_SERVERS, Arrays.asList("192.0.2.53", null, " "))
                        .set(Option.RESOLVE, List.of("www.example.com:443:127.0.0.1:8443"))
                        .set(Option.ROOT_STORE, pem.toString())
                        .set(Option.CA_CERTIFICATES, pem.toString())
                        .set(Option.TRUST_ANCHOR, anchor.toString())
                        .set(Option.HEADERS, "X-One: 1\n\n  X-Two: 2, 3")
                        .set(Option.USER_AGENT, "me/1.0")
                        .set(Option.MAIL_DOMAIN, "Example.ORG")
                        .set(Option.DKIM_SELECTORS, List.of("s1", "s2"))
                        .set(Option.HTTP_PORT, "8080")
                        .set(Option.PROBE_PATHS, "FALSE"))
                .options();
        assertEquals(Duration.ofSeconds(7), options.timeout());
        assertEquals(Duration.ofSeconds(2), options.connectTimeout());
        assertEquals("192.0.2.53:53", options.dnsServers().get(0).toString());
        assertEquals(1, options.dnsServers().size());
        assertEquals(8443, options.resolve().get(0).dialPort().orElseThrow());
        assertEquals(List.of(root.certificate()), options.caCertificates());
        assertEquals(RootStoreChoice.ofFile(List.of(root.certificate())), options.rootStore());
        assertEquals(
                RootStoreChoice.BROWSERS, ScanRequest.parse(texts()).options().rootStore());
        assertEquals(
                RootStoreChoice.JDK,
                ScanRequest.parse(texts().set(Option.ROOT_STORE, "jdk"))
                        .options()
                        .rootStore());
        assertEquals(1, options.trustAnchors().size());
        assertTrue(
                options.trustAnchors().get(0).contains(digest),
                options.trustAnchors().get(0));
        assertEquals("2, 3", options.headers().get(1).value());
        assertEquals("me/1.0", options.userAgent());
        assertEquals(Optional.of("example.org"), options.mailDomain());
        assertEquals(List.of("s1", "s2"), options.dkimSelectors());
        assertEquals(8080, options.httpPort().orElseThrow());
        assertFalse(options.probePaths());
    }

    /** A redirect of a public site must not lead a build into its own network (CWE-918). */
    @Test
    void privateAddressesAreOpenedByTheirOptionOnly() throws Exception {
        assertEquals(
                AddressPolicy.PUBLIC_STAYS_PUBLIC,
                ScanRequest.parse(texts()).options().addressPolicy());
        assertEquals(
                AddressPolicy.PUBLIC_STAYS_PUBLIC,
                ScanRequest.parse(texts().set(Option.ALLOW_PRIVATE_ADDRESSES, "false"))
                        .options()
                        .addressPolicy());
        assertEquals(
                AddressPolicy.ALLOW_ALL,
                ScanRequest.parse(texts().set(Option.ALLOW_PRIVATE_ADDRESSES, "true"))
                        .options()
                        .addressPolicy());
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "DNS_SERVERS",
                "RESOLVE",
                "ROOT_STORE",
                "CA_CERTIFICATES",
                "TRUST_ANCHOR",
                "CLIENT_KEY_STORE",
                "HEADERS",
                "AUTH",
                "USER_AGENT",
                "MAIL_DOMAIN",
                "DKIM_SELECTORS",
                "HTTP_PORT",
                "PROBE_PATHS",
                "ALLOW_PRIVATE_ADDRESSES"
            })
    void optionOfALocalScanIsRejectedWithAServer(Option option, @TempDir Path folder) throws Exception {
        TestCertificate root = TestCertificate.root("Test root");
        Path anchor = Files.writeString(
                folder.resolve("anchor"),
                ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D");
        RawOptions texts = texts().set(Option.SERVER, "https://websentry.dev");
        switch (option) {
            case AUTH -> texts.auth(Optional.of(new BasicCredentials("me", "hunter2")));
            case CA_CERTIFICATES ->
                texts.set(
                        option,
                        Files.writeString(folder.resolve("root.pem"), root.rootPem())
                                .toString());
            case TRUST_ANCHOR -> texts.set(option, anchor.toString());
            case CLIENT_KEY_STORE ->
                texts.set(
                                option,
                                Files.write(folder.resolve("me.p12"), root.keyStore("PKCS12", "pw"))
                                        .toString())
                        .set(Option.CLIENT_KEY_STORE_PASSWORD, "pw");
            case ROOT_STORE -> texts.set(option, "jdk");
            case RESOLVE -> texts.set(option, "example.com:443:192.0.2.1");
            case HTTP_PORT -> texts.set(option, "8080");
            case HEADERS -> texts.set(option, "X-One: 1");
            case PROBE_PATHS -> texts.set(option, "false");
            case ALLOW_PRIVATE_ADDRESSES -> texts.set(option, "true");
            default -> texts.set(option, "example.com");
        }
        InvalidOptionException error = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts));
        assertEquals(
                "-D" + option.key() + ": has no effect on a remote scan; remove it, or remove -Dserver",
                error.getMessage());
    }

    @Test
    void timeoutsAndProxiesApplyToARemoteScan() throws Exception {
        HttpProxy proxy =
                new HttpProxy("http", new HostAndPort("192.0.2.1", 3128), Optional.empty(), List.of("localhost"));
        ScanRequest request = ScanRequest.parse(texts().set(Option.SERVER, "https://websentry.dev/base/")
                .set(Option.API_KEY, "ss_0123456789")
                .set(Option.TIMEOUT_SECONDS, "7")
                .set(Option.CONNECT_TIMEOUT_SECONDS, "2")
                .proxies(new ProxyConfiguration(List.of(proxy))));
        RemoteServer server = request.server().orElseThrow();
        assertEquals(Optional.of("ss_0123456789"), server.apiKey());
        assertEquals(Duration.ofSeconds(7), server.timeout());
        assertEquals(Duration.ofSeconds(2), server.connectTimeout());
        assertEquals(List.of(proxy), server.proxies().proxies());
        assertFalse(request.toString().contains("ss_0123456789"), request.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void keyStoreIsOpenedWithItsPassword(String type, @TempDir Path folder) throws Exception {
        TestCertificate client =
                TestCertificate.root("Clients").issue("builder").build();
        Path file = Files.write(folder.resolve("client"), client.keyStore(type, "s3cret"));
        RawOptions texts = texts().set(Option.CLIENT_KEY_STORE, file.toString());
        ScanOptions options = ScanRequest.parse(texts.setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, "s3cret"))
                .options();
        assertEquals(
                List.of(client.certificate()),
                options.clientIdentity().orElseThrow().chain());
        assertFalse(options.toString().contains("s3cret"));
        texts.setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, "wrong");
        InvalidOptionException error = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts));
        assertEquals("-DclientKeyStorePassword: wrong password for \"" + file + "\"", error.getMessage());
        texts.setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, null);
        error = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts));
        assertTrue(
                error.getMessage().startsWith("-DclientKeyStorePassword: \"" + file + "\" requires a password"),
                error.getMessage());
    }

    @Test
    void keyStoreWithoutExactlyOneKeyIsRejected(@TempDir Path folder) throws Exception {
        TestCertificate client =
                TestCertificate.root("Clients").issue("builder").build();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", client.rootCertificate());
        assertTrue(storeError(folder, store).contains("contains no private key, only certificates"));
        store.setKeyEntry("one", client.key(), "pw".toCharArray(), new Certificate[] {client.certificate()});
        store.setKeyEntry("two", client.key(), "pw".toCharArray(), new Certificate[] {client.certificate()});
        assertTrue(storeError(folder, store).contains("contains 2 private keys (one, two); use a key store with one"));
        Path pem = Files.writeString(folder.resolve("client.pem"), client.keyPem() + client.chainPem());
        InvalidOptionException error = assertThrows(
                InvalidOptionException.class,
                () -> ScanRequest.parse(texts().set(Option.CLIENT_KEY_STORE, pem.toString())));
        assertTrue(error.getMessage().contains("is a PEM file; use a PKCS #12 or JKS key store"), error.getMessage());
        Path junk = Files.writeString(folder.resolve("client.txt"), "junk");
        error = assertThrows(
                InvalidOptionException.class,
                () -> ScanRequest.parse(texts().set(Option.CLIENT_KEY_STORE, junk.toString())));
        assertTrue(error.getMessage().contains("is neither a PKCS #12 nor a JKS key store"), error.getMessage());
    }

    private static String storeError(Path folder, KeyStore store) throws Exception {
        Path file = folder.resolve("store.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "pw".toCharArray());
        }
        RawOptions texts = texts().set(Option.CLIENT_KEY_STORE, file.toString())
                .setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, "pw");
        return assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts))
                .getMessage();
    }

    @Test
    void credentialsBecomeAHeaderUnlessOneIsSet() throws Exception {
        RawOptions texts = texts().auth(Optional.of(new BasicCredentials("me", "hunter2")));
        assertEquals(
                List.of(new Header("Authorization", "Basic bWU6aHVudGVyMg==")),
                ScanRequest.parse(texts).options().headers());
        texts.set(Option.HEADERS, "authorization: Bearer x");
        InvalidOptionException error = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts));
        assertTrue(
                error.getMessage().startsWith("-Dauth: -Dheaders already contains an Authorization header"),
                error.getMessage());
    }

    @Test
    void minimumScoreReplacesTheDefaultGrade() throws Exception {
        GateConditions conditions =
                ScanRequest.parse(texts().set(Option.MIN_SCORE, "55")).gate().conditions();
        assertEquals(Optional.empty(), conditions.failBelow());
        assertEquals(55, conditions.minScore().orElseThrow());
    }

    @Test
    void filesOfASingleTargetAreNamedReport() {
        assertEquals("report", name("https://www.example.com/login", List.of()));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "https://WWW.example.com, www.example.com",
        "https://example.com:8443/, example.com-8443",
        "https://example.com/Login/now?x=1&y, example.com-login_now_x_1_y",
        "'[2001:db8::7]:8443', 2001_db8__7-8443",
    })
    void filesOfSeveralTargetsAreNamedByHostPortAndPath(String url, String expected) {
        assertEquals(expected, name(url, List.of("other.example.org")));
    }

    @Test
    void equalNamesGetAHashIndependentOfTheOrder() {
        String http = name("http://example.com", List.of("https://example.com"));
        String https = name("https://example.com", List.of("http://example.com"));
        assertTrue(http.matches("example\\.com-[0-9a-f]{8}"), http);
        assertTrue(https.matches("example\\.com-[0-9a-f]{8}"), https);
        assertFalse(http.equals(https));
    }

    @Test
    void nameOfALongPathIsShortened() {
        String name = name("https://example.com/" + "a".repeat(1500), List.of("other.example.org"));
        assertTrue(name.length() < 120, name);
    }

    /** Microsoft, "Naming Files, Paths, and Namespaces": these names are devices, also with an extension. */
    @ParameterizedTest
    @CsvSource({
        "https://con, _con",
        "https://nul.example.com, _nul.example.com",
        "https://com1.example.com:8443, _com1.example.com-8443",
        "https://console.example.com, console.example.com",
        "https://con-1.example.com, con-1.example.com"
    })
    void nameOfAWindowsDeviceIsAvoided(String url, String expected) {
        assertEquals(expected, name(url, List.of("other.example.org")));
    }

    private static String name(String url, List<String> others) {
        Target target = Target.parse(url);
        List<Target> all = new ArrayList<>(List.of(target));
        others.forEach(other -> all.add(Target.parse(other)));
        Map<Target, String> names = ReportFileNames.of(all);
        return names.get(target);
    }
}
