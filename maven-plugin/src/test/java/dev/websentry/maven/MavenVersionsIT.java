package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.ProxyServer;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests what can differ between Maven versions: settings, encryption, plugin prefixes, threads and the end of a build.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("mavens")
class MavenVersionsIT {
    private static final String KEY = "ss_encrypted-key-0123456789";
    /** The API key encrypted by Maven 3.6.3 with the master password test-master. */
    private static final String ENCRYPTED_KEY = "{P21i1v4jU6cHI9Ys/T1PInKL2eEL5XL6MV8qoRMmqsig727OFd7/lDx+YBcVa5ar}";

    /** The encrypted master password. */
    private static final String MASTER = "{KYnpsPzWk0AH2PCgTAHZRV37tKlHlgDX+0rkjddALSw=}";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LoopbackSites sites;

    @Parameter
    private MavenDistribution maven;

    static List<MavenDistribution> mavens() {
        return List.of(MavenDistribution.running());
    }

    @BeforeAll
    static void start() throws IOException {
        sites = LoopbackSites.start(shared);
        Files.writeString(
                shared.resolve("security.xml"), "<settingsSecurity><master>" + MASTER + "</master></settingsSecurity>");
        writePluginPrefix();
    }

    /** Writes the metadata that mvn install would write; the goal that fills the test repository does not write it. */
    private static void writePluginPrefix() throws IOException {
        Files.writeString(
                Path.of(System.getProperty("it.repository"), "dev", "websentry", "maven-metadata-local.xml"), """
                <metadata>
                  <plugins>
                    <plugin>
                      <name>WebSentry</name>
                      <prefix>websentry</prefix>
                      <artifactId>websentry-maven-plugin</artifactId>
                    </plugin>
                  </plugins>
                </metadata>
                """);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    @Test
    void pluginPrefixIsFoundThroughPluginGroups() throws Exception {
        MavenRun run = maven.withSettings("<pluginGroups><pluginGroup>dev.websentry</pluginGroup></pluginGroups>")
                .run(
                        folder,
                        list(
                                List.of("websentry:scan"),
                                sites.with("-Dwebsentry.url=" + sites.good().url())));
        assertEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("Quality gate passed"), run.console());
        assertEquals(List.of("report.html", "report.json"), run.reports());
    }

    @Test
    void parallelModulesAreScannedAndOneFails() throws Exception {
        project(Map.of("one", sites.good().url(), "two", sites.bad().url()));
        MavenRun run = maven.run(folder, list(List.of("verify", "-T2", "--fail-at-end"), sites.with()));
        assertNotEquals(0, run.exitCode(), run.console());
        assertTrue(Files.exists(folder.resolve("one/target/websentry/report.json")), run.console());
        assertTrue(Files.exists(folder.resolve("two/target/websentry/report.json")), run.console());
        assertTrue(run.console().contains("quality gate failed: " + sites.bad().url() + ": grade F"), run.console());
        assertFalse(
                run.console().contains("quality gate failed: " + sites.good().url()), run.console());
        assertFalse(run.console().contains("not marked"), run.console());
    }

    @Test
    void scanErrorAndIncompleteScanAreBothReported() throws Exception {
        MavenRun run = maven.scan(
                folder,
                sites.withoutDns(
                        "-Dwebsentry.urls=" + sites.good().url() + ",https://127.0.0.1:" + LoopbackSites.closedPort(),
                        "-Dwebsentry.failBelow=F"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("could not be scanned (unreachable)"), run.console());
        assertTrue(
                run.console().contains("quality gate failed: " + sites.good().url() + ": the scan is incomplete"),
                run.console());
        assertTrue(run.console().contains("MojoExecutionException"), run.console());
    }

    @Test
    void encryptedApiKeyIsSentToTheServerButNotPrinted() throws Exception {
        try (TestSite api = TestSite.http(StubApi::answer)) {
            MavenRun run = maven.withSettings(server("<password>" + ENCRYPTED_KEY + "</password>"))
                    .scan(
                            folder,
                            "-X",
                            "-Dsettings.security=" + shared.resolve("security.xml"),
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port(),
                            "-Dwebsentry.serverId=websentry");
            assertEquals(0, run.exitCode(), run.console());
            assertEquals(KEY, TestSite.header(api.takeRequest(), "Authorization"));
            assertFalse(run.console().contains(KEY), "the key is on the console");
            assertTrue(
                    run.console().contains("the server does not report whether the scan is complete"), run.console());
        }
    }

    @Test
    void encryptedElementOfTheServerConfigurationIsDecrypted() throws Exception {
        try (TestSite api = TestSite.http(StubApi::answer)) {
            MavenRun run = maven.withSettings(
                            server("<configuration><apiKey>" + ENCRYPTED_KEY + "</apiKey></configuration>"))
                    .scan(
                            folder,
                            "-Dsettings.security=" + shared.resolve("security.xml"),
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port(),
                            "-Dwebsentry.serverId=websentry");
            assertEquals(0, run.exitCode(), run.console());
            assertEquals(KEY, TestSite.header(api.takeRequest(), "Authorization"));
        }
    }

    @Test
    void apiKeyThatCannotBeDecryptedIsNotSent() throws Exception {
        try (TestSite api = TestSite.http(StubApi::answer)) {
            MavenRun run = maven.withSettings(server("<password>" + ENCRYPTED_KEY + "</password>"))
                    .scan(
                            folder,
                            "-Dsettings.security=" + shared.resolve("no-such-security.xml"),
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port(),
                            "-Dwebsentry.serverId=websentry");
            assertNotEquals(0, run.exitCode(), run.console());
            // Maven 4 decrypts the whole settings.xml before any goal runs.
            assertTrue(
                    run.console().contains("serverId (-Dwebsentry.serverId): Maven cannot decrypt the password")
                            || run.console().contains("Could not decrypt password"),
                    run.console());
            assertFalse(run.console().contains(KEY), "the key is on the console");
            assertEquals(0, api.requestCount());
        }
    }

    @Test
    void activeProxyOfSettingsXmlIsUsed() throws Exception {
        int https = sites.good().https().port();
        int http = sites.good().http().port();
        try (ProxyServer proxy = new ProxyServer(
                Map.of("127.0.0.1:" + https, https, "127.0.0.1:" + http, http),
                ProxyServer.ProxyBehavior.FORWARD,
                Optional.of("Basic YnVpbGRlcjpzM2NyZXQ="))) {
            MavenRun run = maven.withSettings(proxy("off", false, 1) + proxy("on", true, proxy.port()))
                    .scan(folder, sites.with("-Dwebsentry.url=" + sites.good().url()));
            assertEquals(0, run.exitCode(), run.console());
            assertTrue(run.console().contains("Quality gate passed"), run.console());
            assertTrue(
                    proxy.requests().contains("CONNECT 127.0.0.1:" + https),
                    proxy.requests().toString());
            assertFalse(run.console().contains("s3cret"), run.console());
        }
    }

    private static String proxy(String id, boolean active, int port) {
        return """
                <proxies><proxy><id>%s</id><active>%s</active><protocol>http</protocol><host>127.0.0.1</host>
                <port>%d</port><username>builder</username><password>s3cret</password>
                <nonProxyHosts>localhost|*.corp.example</nonProxyHosts></proxy></proxies>
                """.formatted(id, active, port).replace(active ? "<proxies>" : "</proxies>", "");
    }

    private static String server(String secret) {
        return "<servers><server><id>websentry</id>" + secret + "</server></servers>";
    }

    private static List<String> list(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    /** Writes a parent POM and a module for each URL, which is scanned in the verify phase of the module. */
    private void project(Map<String, String> urls) throws IOException {
        String modules = urls.keySet().stream()
                .map(name -> "<module>" + name + "</module>")
                .reduce("", String::concat);
        Files.writeString(folder.resolve("pom.xml"), pom("parent", "<modules>" + modules + "</modules>"));
        for (Map.Entry<String, String> url : urls.entrySet()) {
            Path module = Files.createDirectory(folder.resolve(url.getKey()));
            Files.writeString(module.resolve("pom.xml"), pom(url.getKey(), """
                    <build><plugins><plugin>
                      <groupId>dev.websentry</groupId><artifactId>websentry-maven-plugin</artifactId><version>%s</version>
                      <executions><execution><goals><goal>scan</goal></goals>
                        <configuration><url>%s</url></configuration></execution></executions>
                    </plugin></plugins></build>
                    """.formatted(
                            System.getProperty("it.version"), url.getValue())));
        }
    }

    private static String pom(String name, String more) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>it</groupId><artifactId>%s</artifactId><version>1</version><packaging>pom</packaging>
                  %s
                </project>
                """.formatted(name, more);
    }
}
