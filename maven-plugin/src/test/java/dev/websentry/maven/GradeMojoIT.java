package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests recording of a scan, and the goal that grades the recordings after the sites and their DNS have stopped. */
class GradeMojoIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static String goodUrl = "";
    private static String badUrl = "";
    private static MavenRun scanned;

    /** Scans both sites, with a failed quality gate, and stops them. */
    @BeforeAll
    static void scanAndStop() throws Exception {
        Path scan = Files.createDirectory(shared.resolve("scan"));
        try (LoopbackSite good = WellConfiguredSite.start();
                LoopbackSite bad = DemoSite.start();
                LoopbackDns dns = LoopbackDns.start()) {
            goodUrl = good.url();
            badUrl = bad.url();
            List<String> resolve = new ArrayList<>(good.resolve());
            resolve.addAll(bad.resolve());
            scanned = MavenRun.scan(
                    scan,
                    "-Dwebsentry.urls=" + good.url() + "," + bad.url(),
                    "-Dwebsentry.resolve=" + String.join(",", resolve),
                    "-Dwebsentry.caCertificates="
                            + Files.writeString(shared.resolve("roots.pem"), good.rootPem() + bad.rootPem()),
                    "-Dwebsentry.trustAnchor=" + Files.writeString(shared.resolve("anchor"), dns.trustAnchor()),
                    "-Dwebsentry.dnsServers=" + dns.server(),
                    "-Dwebsentry.record=" + shared.resolve("recorded"));
        }
    }

    private static Path recording(String name) {
        return shared.resolve("recorded").resolve(name + ".observations.json");
    }

    /** Returns the text of a report without its id. */
    private static String withoutId(Path report) throws IOException {
        return Files.readString(report).replaceFirst("\"id\" : \"[0-9a-f]{32}\"", "");
    }

    /** Returns the console summary of a site without log levels. */
    private static List<String> summary(MavenRun run, String url) {
        return run.console()
                .lines()
                .map(line -> line.replaceFirst("^\\[(INFO|ERROR)] ", ""))
                .dropWhile(line -> !line.startsWith(url + ": grade ") || line.contains(", took "))
                .takeWhile(line -> !line.isBlank())
                .toList();
    }

    @Test
    void recordingIsWrittenIfTheQualityGateFails() throws IOException {
        assertNotEquals(0, scanned.exitCode(), scanned.console());
        assertTrue(scanned.console().contains("quality gate failed: " + badUrl), scanned.console());
        try (Stream<Path> files = Files.list(shared.resolve("recorded"))) {
            assertEquals(
                    List.of("shop.example.org.observations.json", "www.example.com.observations.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                1, scanned.lines("Written: " + recording("shop.example.org")).size(), scanned.console());
    }

    @Test
    void directoryOfRecordingsGetsTheSameResultAsTheScan() throws Exception {
        MavenRun run = MavenRun.grade(folder, "-o", "-Dwebsentry.observations=" + shared.resolve("recorded"));
        assertNotEquals(0, run.exitCode(), run.console());
        assertEquals(scanned.reports(), run.reports());
        for (String name : List.of("shop.example.org.json", "www.example.com.json")) {
            assertEquals(
                    withoutId(scanned.folder().resolve("target/websentry").resolve(name)),
                    withoutId(folder.resolve("target/websentry").resolve(name)));
        }
        for (String url : List.of(goodUrl, badUrl)) {
            assertTrue(summary(run, url).size() > 8, run.console());
            assertEquals(summary(scanned, url), summary(run, url));
        }
        // The line starts with the name of the goal, which differs.
        assertEquals(gateFailures(scanned), gateFailures(run));
    }

    private static List<String> gateFailures(MavenRun run) {
        return run.lines("quality gate failed: ").stream()
                .map(line -> line.substring(line.indexOf("quality gate failed: ")))
                .toList();
    }

    @Test
    void singleRecordingPassesAndItsOriginIsLogged() throws Exception {
        MavenRun run = MavenRun.grade(
                folder,
                "-o",
                "-Dwebsentry.observations=" + recording("www.example.com"),
                "-Dwebsentry.failBelow=A",
                "-Dwebsentry.formats=json,sarif,markdown");
        assertEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("Quality gate passed"), run.console());
        assertTrue(
                run.console()
                        .contains(
                                "Grading a recording without network access: " + goodUrl + ", recorded by WebSentry "),
                run.console());
        assertTrue(run.console().contains("uses the scoring version of the recording, 2"), run.console());
        assertEquals(List.of("report.json", "report.md", "report.sarif"), run.reports());
    }

    @Test
    void waiversAndBaselineApplyToRecordings() throws Exception {
        Path waivers = Files.writeString(
                folder.resolve("waivers.yaml"),
                "waivers:\n  - {check: headers.csp, reason: soon, until: 2099-01-01}\n");
        MavenRun run = MavenRun.grade(
                folder,
                "-o",
                "-Dwebsentry.observations=" + recording("shop.example.org"),
                "-Dwebsentry.waivers=" + waivers,
                "-Dwebsentry.failOnRegression=true",
                "-Dwebsentry.baseline=" + scanned.folder().resolve("target/websentry/shop.example.org.json"));
        assertEquals(0, run.exitCode(), run.console());
        assertTrue(run.console().contains("Waived until 2099-01-01: soon"), run.console());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            observations | -           | nothing to grade; set it to a recording of a scan
            observations | missing     | is not a readable file
            observations | roots.pem   | roots.pem": line 1, column 2: not a recording, invalid JSON
            failBelow    | E           | unknown grade "E"
            """)
    void invalidParameterIsReportedOnOneLine(String parameter, String value, String message) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-o"));
        if (!parameter.equals("observations")) {
            arguments.add("-Dwebsentry.observations=" + recording("www.example.com"));
            arguments.add("-Dwebsentry." + parameter + "=" + value);
        } else if (value != null) {
            arguments.add("-Dwebsentry.observations=" + shared.resolve(value));
        }
        MavenRun run = MavenRun.grade(folder, arguments.toArray(String[]::new));
        assertNotEquals(0, run.exitCode(), run.console());
        List<String> errors = run.lines(parameter + " (-Dwebsentry." + parameter + "): ");
        assertTrue(!errors.isEmpty() && errors.get(0).contains(message), run.console());
        assertFalse(run.console().contains("\tat "), run.console());
        assertEquals(List.of(), run.reports());
    }
}
