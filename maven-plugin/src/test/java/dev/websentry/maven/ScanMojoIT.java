package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionGroup;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.demo.LoopbackSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the goal scan in Maven builds, with sites and a DNS server on the loopback interface. */
class ScanMojoIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LoopbackSites sites;
    private static LoopbackSite good;
    private static LoopbackSite bad;

    @BeforeAll
    static void start() throws IOException {
        sites = LoopbackSites.start(shared);
        good = sites.good();
        bad = sites.bad();
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    private static int closedPort() {
        return LoopbackSites.closedPort();
    }

    private static String[] with(String... arguments) {
        return sites.with(arguments);
    }

    private static String[] withoutDns(String... arguments) {
        return sites.withoutDns(arguments);
    }

    @Test
    void goodSitePassesWithGradeA() throws Exception {
        MavenRun run = MavenRun.scan(folder, with("-Dwebsentry.url=" + good.url(), "-Dwebsentry.failBelow=A"));
        assertEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("Quality gate passed"), run.console());
        assertEquals(List.of("report.html", "report.json"), run.reports());
    }

    @Test
    void incompleteScanFails() throws Exception {
        MavenRun run = MavenRun.scan(folder, withoutDns("-Dwebsentry.url=" + good.url(), "-Dwebsentry.failBelow=F"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertEquals(1, run.lines("quality gate failed: ").size(), run.console());
        assertTrue(run.console().contains("the scan is incomplete: "), run.console());
        assertTrue(run.console().contains("NOT CHECKED"), run.console());
        assertEquals(List.of("report.html", "report.json"), run.reports());
    }

    @Test
    void badSiteFailsTheBuildWithEveryReason() throws Exception {
        MavenRun run = MavenRun.scan(
                folder,
                withoutDns("-Dwebsentry.url=" + bad.url(), "-Dwebsentry.failBelow=A", "-Dwebsentry.minScore=85"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("MojoFailureException"), run.console());
        assertEquals(
                1,
                run.lines("- quality gate failed: " + bad.url() + ": grade F ").size(),
                run.console());
        assertEquals(
                1, run.lines("- quality gate failed: " + bad.url() + ": score").size(), run.console());
        assertEquals(
                1,
                run.lines("- quality gate failed: " + bad.url() + ": the scan is incomplete")
                        .size(),
                run.console());
        assertEquals(List.of("report.html", "report.json"), run.reports());
    }

    @Test
    void allIssuesOfTheDemoSiteAreFound() throws Exception {
        MavenRun run = MavenRun.scan(folder, with("-Dwebsentry.url=" + bad.url()));
        List<String> missed = List.of(
                        "ssl.certificate-lifetime",
                        "ssl.hsts",
                        "headers.csp",
                        "headers.framing",
                        "headers.content-type-options",
                        "headers.referrer-policy",
                        "headers.permissions-policy",
                        "headers.cors",
                        "headers.subresources",
                        "cookies.secure",
                        "cookies.http-only",
                        "cookies.same-site",
                        "redirects.permanence",
                        "server.banner",
                        "server.technology",
                        "server.sensitive-paths",
                        "server.error-pages",
                        "dns.spf",
                        "dns.dmarc",
                        "dns.dkim",
                        "dns.caa",
                        "dns.dnssec")
                .stream()
                .filter(id -> run.lines("(" + id + ", ").isEmpty())
                .toList();
        assertEquals(List.of(), missed, run.console());
    }

    @Test
    void unreachableSiteIsAnErrorWithoutAGrade() throws Exception {
        String url = "https://127.0.0.1:" + closedPort();
        MavenRun run = MavenRun.scan(folder, "-Dwebsentry.url=" + url, "-e");
        assertNotEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("MojoExecutionException"), run.console());
        assertTrue(run.console().contains(url + ": could not be scanned (unreachable)"), run.console());
        assertFalse(run.console().contains("grade"), run.console());
        assertEquals(List.of("report.error.json"), run.reports());
    }

    @Test
    void scanErrorIsAWarningIfFailOnErrorIsFalse() throws Exception {
        MavenRun run = MavenRun.scan(
                folder, "-Dwebsentry.url=https://127.0.0.1:" + closedPort(), "-Dwebsentry.failOnError=false");
        assertEquals(0, run.exitCode(), run.console());
        assertEquals(
                1,
                run.lines("[WARNING]").stream()
                        .filter(l -> l.contains("could not be scanned"))
                        .count());
        assertEquals(List.of("report.error.json"), run.reports());
    }

    @Test
    void everyUrlGetsAReportIfTheQualityGateFails() throws Exception {
        int closed = closedPort();
        MavenRun run = MavenRun.scan(
                folder,
                with("-Dwebsentry.urls=" + good.url() + "," + good.url() + "login," + bad.url() + ",127.0.0.1:"
                        + closed));
        assertNotEquals(0, run.exitCode(), run.console());
        assertEquals(
                List.of(
                        "127.0.0.1-" + closed + ".error.json",
                        "shop.example.org.html",
                        "shop.example.org.json",
                        "www.example.com-login.html",
                        "www.example.com-login.json",
                        "www.example.com.html",
                        "www.example.com.json"),
                run.reports());
        assertTrue(run.console().contains("quality gate failed: " + bad.url()), run.console());
        assertTrue(run.console().contains("could not be scanned (unreachable)"), run.console());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            url            | -                        | nothing to scan
            url            | ftp://example.com        | 'ftp://example.com' cannot be scanned
            url            | http://user:pw@127.0.0.1 | was given with a user name or password
            failBelow      | E                        | unknown grade "E"
            caCertificates | missing.pem              | is not a readable file
            formats        | json,pdf                 | unknown format "pdf"
            timeoutSeconds | soon                     | invalid value "soon"
            failOnIncomplete | flase                  | invalid value "flase"; use true or false
            """)
    void invalidParameterIsReportedOnOneLine(String parameter, String value, String message) throws Exception {
        try (TestSite site = TestSite.http(request -> TestSite.page("must not be requested"))) {
            List<String> arguments = new ArrayList<>(List.of("-e"));
            if (!parameter.equals("url")) {
                arguments.add("-Dwebsentry.url=http://127.0.0.1:" + site.port());
            }
            if (value != null) {
                arguments.add("-Dwebsentry." + parameter + "=" + value);
            }
            MavenRun run = MavenRun.scan(folder, arguments.toArray(String[]::new));
            assertNotEquals(0, run.exitCode(), run.console());
            List<String> errors = run.lines(parameter + " (-Dwebsentry." + parameter + "): ");
            assertTrue(!errors.isEmpty() && errors.get(0).contains(message), run.console());
            assertTrue(run.console().contains("MojoExecutionException"), run.console());
            assertFalse(run.lines("user:pw").stream().anyMatch(line -> line.contains("[ERROR]")), run.console());
            assertEquals(0, site.requestCount());
            assertEquals(List.of(), run.reports());
        }
    }

    @Test
    void goalIsBoundToTheVerifyPhase() throws Exception {
        Files.writeString(folder.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>it</groupId>
                  <artifactId>it</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <build>
                    <directory>${project.basedir}/out</directory>
                    <plugins>
                      <plugin>
                        <groupId>dev.websentry</groupId>
                        <artifactId>websentry-maven-plugin</artifactId>
                        <version>%s</version>
                        <executions>
                          <execution>
                            <goals><goal>scan</goal></goals>
                            <configuration>
                              <urls>
                                <url>%s</url>
                              </urls>
                              <headers>
                                X-One: 1
                                X-Two: 2, 3
                              </headers>
                              <formats>
                                <format>json</format>
                              </formats>
                              <failBelow>F</failBelow>
                              <failOnIncomplete>false</failOnIncomplete>
                            </configuration>
                          </execution>
                        </executions>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(System.getProperty("it.version"), good.url()));
        List<String> arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(with()));
        MavenRun run = MavenRun.in(folder, arguments);
        assertEquals(0, run.exitCode(), run.console());
        assertTrue(Files.exists(folder.resolve("out/websentry/report.json")), run.console());
        assertFalse(Files.exists(folder.resolve("out/websentry/report.html")), run.console());
    }

    @Test
    void skipDoesNothing() throws Exception {
        MavenRun run = MavenRun.scan(folder, "-Dwebsentry.skip=true", "-Dwebsentry.authServerId=nobody");
        assertEquals(0, run.exitCode(), run.console());
        assertEquals(List.of(), run.reports());
    }

    @Test
    void helpListsTheParameters() throws Exception {
        MavenRun run = MavenRun.in(folder, List.of(MavenRun.PLUGIN + ":help", "-Ddetail=true", "-Dgoal=scan"));
        assertEquals(0, run.exitCode(), run.console());
        String help = run.console().replaceAll("\\s+", " ");
        for (Option option : Option.of(OptionGroup.MAVEN_SCAN)) {
            assertTrue(run.console().contains("User property: websentry." + option.key() + "\n"), option.key());
            if (!option.type().defaultValue().isEmpty()) {
                String shown = option.key() + " (Default: " + option.type().defaultValue() + ")";
                assertTrue(help.contains(shown), shown);
            }
        }
    }
}
