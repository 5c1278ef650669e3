package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import dev.websentry.testsite.TestSite;
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
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of a step in a workspace, with sites on loopback. */
class WorkspaceScannerTest {
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
    void goodSitePassesAndReportsAreInTheWorkspace() throws Exception {
        AgentScanResult result = scan(settings(good), Map.of());
        BuildRecord run = result.record();

        assertEquals(BuildRecord.BuildOutcome.SUCCESS, run.outcome(), run.message());
        assertEquals("A+", run.worst().orElseThrow().grade());
        assertTrue(run.complete());
        assertTrue(Files.exists(workspace.resolve("websentry/report.json")));
        assertTrue(result.reports().get(0).contains("\"categories\""));
        assertTrue(console.stream().anyMatch(line -> line.contains("grade A+")), () -> String.join("\n", console));
    }

    @Test
    void badSiteFailsWithEveryReason() throws Exception {
        BuildRecord run = run(settings(demo), Map.of());

        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertEquals(run.sites().get(0).gate().reasons().size(), run.failures().size());
        assertTrue(
                run.message().startsWith("Quality gate failed: ")
                        || run.failures().size() > 1,
                run.message());
        assertTrue(run.message().contains("is below B"), run.message());
    }

    @Test
    void unstableBelowWithoutFailBelowNeverFailsTheBuild() throws Exception {
        BuildRecord run = run(settings(demo).unstableBelow("A"), Map.of());

        assertEquals(BuildRecord.BuildOutcome.UNSTABLE, run.outcome(), run.message());
        assertTrue(run.message().contains("is below A (80), so the build is unstable"), run.message());
    }

    @Test
    void failBelowOutranksUnstableBelow() throws Exception {
        BuildRecord run = run(settings(demo).set(Option.FAIL_BELOW, "C").unstableBelow("A"), Map.of());

        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("is below C"), run.message());
        assertTrue(run.message().contains("so the build is unstable"), run.message());
    }

    @Test
    void unstableBelowMustBeAboveFailBelow() {
        InvalidSettingException e = assertThrows(
                InvalidSettingException.class,
                () -> run(settings(good).set(Option.FAIL_BELOW, "A").unstableBelow("b"), Map.of()));

        assertEquals(
                "unstableBelow: B is not above the failing grade A, so no build would be unstable; use a higher grade",
                e.getMessage());
    }

    @Test
    void resultWorseThanTheBaselineFails() throws Exception {
        String better = scan(settings(good), Map.of()).reports().get(0).replace("https://www.example.com/", demo.url());

        BuildRecord run = run(settings(demo).failOnRegression(true), Map.of(demo.url(), better));

        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("regression: "), run.message());
        assertTrue(run.sites().get(0).gate().hasRegression());
        assertFalse(run.message().contains("is below B"), "the baseline replaces the default grade");
    }

    @Test
    void sameResultAsTheBaselinePasses() throws Exception {
        String same = scan(settings(demo), Map.of()).reports().get(0);

        BuildRecord run = run(settings(demo).failOnRegression(true), Map.of(demo.url(), same));

        assertEquals(BuildRecord.BuildOutcome.SUCCESS, run.outcome(), run.message());
    }

    @Test
    void firstBuildHasNoBaselineAndPasses() throws Exception {
        BuildRecord run = run(settings(demo).failOnRegression(true), Map.of());

        assertEquals(BuildRecord.BuildOutcome.SUCCESS, run.outcome(), run.message());
        assertTrue(
                console.contains("  Note: no baseline yet; regressions were not evaluated"),
                () -> String.join("\n", console));
    }

    @Test
    void firstBuildWithAGradeConditionFailsBelowThatGrade() throws Exception {
        BuildRecord run = run(settings(demo).failOnRegression(true).set(Option.FAIL_BELOW, "C"), Map.of());

        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertTrue(run.message().contains("is below C"), run.message());
    }

    @Test
    void unreadableBaselineIsReportedAndNothingIsCompared() throws Exception {
        BuildRecord run = run(settings(good).failOnRegression(true), Map.of(good.url(), "{}"));

        assertEquals(BuildRecord.BuildOutcome.SUCCESS, run.outcome(), run.message());
        assertTrue(
                console.stream().anyMatch(line -> line.contains("cannot be read, so nothing is compared")),
                () -> String.join("\n", console));
    }

    @Test
    void siteThatDoesNotAnswerFailsWithoutGrade() throws Exception {
        BuildRecord run =
                run(settings(good).set(Option.URL, "https://127.0.0.1:1/").set(Option.RESOLVE, List.of()), Map.of());

        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertTrue(run.worst().isEmpty());
        assertFalse(run.complete());
        assertTrue(run.message().contains("could not be scanned"), run.message());
    }

    @Test
    void siteThatDoesNotAnswerIsAWarningWhereErrorsMayPass() throws Exception {
        BuildRecord run = run(
                settings(good)
                        .set(Option.URL, "https://127.0.0.1:1/")
                        .set(Option.RESOLVE, List.of())
                        .set(Option.FAIL_ON_ERROR, "false"),
                Map.of());

        assertEquals(BuildRecord.BuildOutcome.SUCCESS, run.outcome());
        assertTrue(console.stream().anyMatch(line -> line.endsWith("(a warning because failOnError is false)")));
    }

    @Test
    void pathsAreRelativeToTheWorkspace() throws Exception {
        Files.writeString(workspace.resolve("waivers.yaml"), "waivers: []\n");

        run(settings(good).set(Option.WAIVERS, "waivers.yaml").set(Option.OUTPUT_DIRECTORY, "out/a"), Map.of());

        assertTrue(Files.exists(workspace.resolve("out/a/report.json")));
    }

    @Test
    void rootStoreIsANameOrAFileOfTheWorkspace() throws Exception {
        ScanSettings settings = settings(good).set(Option.CA_CERTIFICATES, List.of());

        assertEquals("A+", grade(settings.set(Option.ROOT_STORE, "root.pem")));
        assertEquals("F", grade(settings.set(Option.ROOT_STORE, "jdk")), "the JDK does not trust the fixture");
        InvalidSettingException e = assertThrows(
                InvalidSettingException.class, () -> run(settings.set(Option.ROOT_STORE, "firefox"), Map.of()));
        assertTrue(e.getMessage().startsWith("rootStore: unknown root store"), e.getMessage());
    }

    private String grade(ScanSettings settings) throws Exception {
        return run(settings, Map.of()).worst().orElseThrow().grade();
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
    void settingsAndResultTravelBetweenControllerAndAgent() throws Exception {
        ScanSettings settings = serialized(settings(good).failOnRegression(true).unstableBelow("A"));
        AgentScanResult result = scan(settings, Map.of());

        assertEquals(result, AgentResultCodec.decode(AgentResultCodec.encode(result)));
    }

    @Test
    void malformedSecretHeadersAreNotRepeated() {
        InvalidSettingException e = assertThrows(
                InvalidSettingException.class, () -> run(settings(good).secretHeaders("hunter2 hunter2"), Map.of()));

        assertTrue(e.getMessage().startsWith("headersCredentialsId: "), e.getMessage());
        assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
    }

    @Test
    void secretHeadersAreSentTogetherWithTheOthers() throws Exception {
        run(settings(good).set(Option.HEADERS, "X-Plain: yes").secretHeaders("X-Secret: hunter2\n"), Map.of());

        boolean sent = false;
        for (RecordedRequest request = good.https().takeRequest();
                request != null;
                request = good.https().takeRequest()) {
            sent |= "hunter2".equals(TestSite.header(request, "X-Secret"))
                    && "yes".equals(TestSite.header(request, "X-Plain"));
        }
        assertTrue(sent);
    }

    private BuildRecord run(ScanSettings settings, Map<String, String> baselines) throws Exception {
        return scan(settings, baselines).record();
    }

    private AgentScanResult scan(ScanSettings settings, Map<String, String> baselines) throws Exception {
        return new WorkspaceScanner(settings, workspace, console::add).run(baselines);
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
    private static <T> T serialized(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
