package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests baselines and waivers in a Maven build. */
class QualityGateIT {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LoopbackSites sites;

    @BeforeAll
    static void start() throws IOException {
        sites = LoopbackSites.start(shared);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    private static String waiver(String check, String host, LocalDate until) {
        return "  - check: " + check + "\n    host: " + host
                + "\n    reason: the tag manager goes, SHOP-112\n    until: " + until + "\n";
    }

    @Test
    void regressionFailsOnceThereIsABaseline() throws Exception {
        String[] arguments = sites.with(
                "-Dwebsentry.url=" + sites.bad().url(),
                "-Dwebsentry.failOnRegression=true",
                "-Dwebsentry.baseline=before.json",
                "-Dwebsentry.failOnIncomplete=false");
        MavenRun first = MavenRun.scan(folder, arguments);
        assertNotEquals(0, first.exitCode(), first.console());
        assertTrue(first.console().contains("no baseline yet; regressions were not evaluated"), first.console());
        assertTrue(first.console().contains("grade F"), first.console());

        Path report = folder.resolve("target/websentry/report.json");
        Files.copy(report, folder.resolve("before.json"));
        MavenRun same = MavenRun.scan(folder, arguments);
        assertEquals(0, same.exitCode(), same.console());

        String better = Files.readString(report)
                .replaceFirst("\"status\" : \"fail\"", "\"status\" : \"pass\"")
                .replaceFirst("\"outcome\" : \"FAIL\"", "\"outcome\" : \"PASS\"");
        Files.writeString(folder.resolve("before.json"), better);
        MavenRun worse = MavenRun.scan(folder, arguments);
        assertNotEquals(0, worse.exitCode(), worse.console());
        assertTrue(worse.console().contains(" changed from pass to fail ("), worse.console());
    }

    @Test
    void waiversAreReportedByKind() throws Exception {
        Files.writeString(
                folder.resolve("waivers.yaml"),
                "waivers:\n" + waiver("headers.csp", "shop.example.org", TODAY.plusDays(30))
                        + waiver("server.sensitive-paths", "shop.example.org", TODAY.plusDays(1))
                        + waiver("ssl.hsts", "shop.example.org", TODAY.minusDays(1))
                        + waiver("dns.spf", "other.example.org", TODAY.plusDays(30))
                        + waiver("ssl.certificate-host", "shop.example.org", TODAY.plusDays(30)));
        MavenRun run = MavenRun.scan(
                folder,
                sites.with(
                        "-Dwebsentry.url=" + sites.bad().url(),
                        "-Dwebsentry.waivers=waivers.yaml",
                        "-Dwebsentry.formats=json,html,sarif,junit,markdown,badge"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertEquals(1, run.lines("WAIVED FAIL  Content-Security-Policy").size(), run.console());
        assertTrue(
                run.console().contains("Waived until " + TODAY.plusDays(30) + ": the tag manager goes, SHOP-112"),
                run.console());
        assertTrue(run.console().contains("Quality gate score with waivers: "), run.console());
        // The first waiver is expired, the second one has no finding.
        assertTrue(
                run.lines("Note: ").stream().anyMatch(line -> line.contains("ssl.hsts") && line.contains("expired")),
                run.console());
        assertTrue(run.lines("Note: ").stream().anyMatch(line -> line.contains("ssl.certificate-host")), run.console());
        // The report itself does not change: it still contains the cap of the waived finding.
        String json = Files.readString(folder.resolve("target/websentry/report.json"));
        assertTrue(json.contains("\"limit\" : 49"), json);
        assertEquals(
                List.of("report.html", "report.json", "report.junit.xml", "report.md", "report.sarif", "report.svg"),
                run.reports());
        for (String xml : List.of("report.junit.xml", "report.svg")) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("target/websentry").resolve(xml).toFile());
        }
    }

    @Test
    void unknownCheckInAWaiverIsReportedBeforeTheScan() throws Exception {
        Files.writeString(folder.resolve("waivers.yaml"), "waivers:\n" + waiver("headers.cps", "a.example", TODAY));
        MavenRun run = MavenRun.scan(
                folder, sites.with("-Dwebsentry.url=" + sites.bad().url(), "-Dwebsentry.waivers=waivers.yaml"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("waivers (-Dwebsentry.waivers): \""), run.console());
        assertTrue(run.console().contains("headers.cps"), run.console());
        assertEquals(List.of(), run.reports());
    }
}
