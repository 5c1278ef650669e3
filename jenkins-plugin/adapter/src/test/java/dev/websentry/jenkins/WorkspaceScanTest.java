package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's scan in a workspace, against sites on loopback. */
class WorkspaceScanTest {
    private static LoopbackDns dns;
    private static LoopbackSite good;
    private static LoopbackSite demo;

    @TempDir
    Path workspace;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start() {
        dns = LoopbackDns.start();
        good = WellConfiguredSite.start();
        demo = DemoSite.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
        good.close();
        dns.close();
    }

    @Test
    void goodSitePassesAndItsReportsLieInTheWorkspace() throws Exception {
        RunRecord run = run(settings(good), Map.of());

        assertEquals(RunRecord.Outcome.SUCCESS, run.outcome(), run.message());
        assertEquals("A+", run.worst().orElseThrow().grade());
        assertTrue(run.complete());
        assertTrue(Files.exists(workspace.resolve("websentry/report.json")));
        assertTrue(run.reports().get("site-1.json").contains("\"categories\""));
        assertTrue(run.reports().get("site-1.html").startsWith("<!DOCTYPE html>"));
        assertTrue(console.stream().anyMatch(line -> line.contains("grade A+")), () -> String.join("\n", console));
    }

    @Test
    void badSiteFailsAndEveryReasonIsNamed() throws Exception {
        RunRecord run = run(settings(demo), Map.of());

        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertEquals(run.sites().get(0).closedBecause().size(), run.failures().size());
        assertTrue(run.message().contains("is below B"), run.message());
    }

    @Test
    void unstableBelowAloneNeverFailsTheBuild() throws Exception {
        RunRecord run = run(settings(demo).unstableBelow("A"), Map.of());

        assertEquals(RunRecord.Outcome.UNSTABLE, run.outcome(), run.message());
        assertTrue(run.message().contains("is below A (80), so the build is unstable"), run.message());
    }

    @Test
    void failBelowOutranksUnstableBelow() throws Exception {
        RunRecord run = run(settings(demo).set(Option.FAIL_BELOW, "C").unstableBelow("A"), Map.of());

        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("is below C"), run.message());
        assertTrue(run.message().contains("so the build is unstable"), run.message());
    }

    @Test
    void unstableBelowMustBeAboveFailBelow() {
        InvalidSettingException e = assertThrows(
                InvalidSettingException.class,
                () -> run(settings(good).set(Option.FAIL_BELOW, "A").unstableBelow("b"), Map.of()));

        assertEquals("unstableBelow: B is not above failBelow A, so nothing would ever be unstable", e.getMessage());
    }

    @Test
    void regressionAgainstTheLastSuccessfulBuildFails() throws Exception {
        String better = run(settings(good), Map.of())
                .reports()
                .get("site-1.json")
                .replace("https://www.example.com/", demo.url());

        RunRecord run = run(settings(demo).failOnRegression(true), Map.of(demo.url(), better));

        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("worse") || run.message().contains("regress"), run.message());
        assertFalse(run.message().contains("is below B"), "the baseline replaces the default grade");
    }

    @Test
    void sameResultAsTheLastSuccessfulBuildIsNoRegression() throws Exception {
        String same = run(settings(demo), Map.of()).reports().get("site-1.json");

        RunRecord run = run(settings(demo).failOnRegression(true), Map.of(demo.url(), same));

        assertEquals(RunRecord.Outcome.SUCCESS, run.outcome(), run.message());
    }

    @Test
    void withoutLastSuccessfulBuildTheDefaultGradeIsWanted() throws Exception {
        RunRecord run = run(settings(demo).failOnRegression(true), Map.of());

        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("is below B"), run.message());
    }

    @Test
    void unreadableBaselineIsSaidAndComparesNothing() throws Exception {
        RunRecord run = run(settings(good).failOnRegression(true), Map.of(good.url(), "{}"));

        assertEquals(RunRecord.Outcome.SUCCESS, run.outcome(), run.message());
        assertTrue(
                console.stream().anyMatch(line -> line.contains("cannot be read, so nothing is compared")),
                () -> String.join("\n", console));
    }

    @Test
    void siteThatDoesNotAnswerFailsWithoutGrade() throws Exception {
        RunRecord run =
                run(settings(good).set(Option.URL, "https://127.0.0.1:1/").set(Option.RESOLVE, List.of()), Map.of());

        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertTrue(run.worst().isEmpty());
        assertFalse(run.complete());
        assertTrue(run.message().contains("could not be scanned"), run.message());
    }

    @Test
    void siteThatDoesNotAnswerIsAWarningWhereErrorsMayPass() throws Exception {
        RunRecord run = run(
                settings(good)
                        .set(Option.URL, "https://127.0.0.1:1/")
                        .set(Option.RESOLVE, List.of())
                        .set(Option.FAIL_ON_ERROR, "false"),
                Map.of());

        assertEquals(RunRecord.Outcome.SUCCESS, run.outcome());
        assertTrue(console.stream().anyMatch(line -> line.endsWith("(a warning, because failOnError is false)")));
    }

    @Test
    void pathsAreBelowTheWorkspace() throws Exception {
        Files.writeString(workspace.resolve("waivers.yaml"), "waivers: []\n");

        run(settings(good).set(Option.WAIVERS, "waivers.yaml").set(Option.OUTPUT_DIRECTORY, "out/a"), Map.of());

        assertTrue(Files.exists(workspace.resolve("out/a/report.json")));
    }

    @Test
    void wrongSettingIsNamedBeforeAnythingIsScanned() {
        int before = good.https().requestCount();

        InvalidSettingException e = assertThrows(
                InvalidSettingException.class, () -> run(settings(good).set(Option.FAIL_BELOW, "E"), Map.of()));

        assertTrue(e.getMessage().startsWith("failBelow: unknown grade \"E\""), e.getMessage());
        assertEquals(before, good.https().requestCount());
    }

    @Test
    void settingsAndRecordTravelBetweenControllerAndAgent() throws Exception {
        ScanSettings settings =
                overTheWire(settings(good).failOnRegression(true).unstableBelow("A"));
        RunRecord run = run(settings, Map.of());

        assertEquals(run, overTheWire(run));
    }

    private RunRecord run(ScanSettings settings, Map<String, String> baselines) throws Exception {
        return new WorkspaceScan(settings, workspace, console::add).run(baselines);
    }

    private ScanSettings settings(LoopbackSite site) throws Exception {
        Files.writeString(workspace.resolve("root.pem"), site.rootPem());
        Files.writeString(workspace.resolve("anchor"), dns.trustAnchor());
        return new ScanSettings()
                .set(Option.URL, site.url())
                .set(Option.RESOLVE, site.resolve())
                .set(Option.CA_CERTIFICATES, "root.pem")
                .set(Option.TRUST_ANCHOR, "anchor")
                .set(Option.DNS_SERVERS, dns.server());
    }

    @SuppressWarnings("unchecked")
    private static <T> T overTheWire(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
