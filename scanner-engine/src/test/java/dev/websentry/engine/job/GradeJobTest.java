package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Report;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests recording of scans, and grading of the recordings after the sites have stopped. */
class GradeJobTest {
    private static final String SECRET = "s3cr3t-of-the-scan";
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE = ROOT.issue("127.0.0.1").build();

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    /** The result of one scan of two sites, shared by all tests. */
    private static JobResult scanned;

    private static Path recorded;

    private static TestSite site(Function<RecordedRequest, MockResponse> handler) {
        return TestSite.https(CERTIFICATE.serverContext(), handler);
    }

    private static String url(TestSite site) {
        return "https://127.0.0.1:" + site.port();
    }

    /** Responds like a careless server that echoes the credentials it receives. */
    private static MockResponse echo(RecordedRequest request) {
        return TestSite.page("<p>" + request.getHeaders().get("Authorization") + "</p>")
                .newBuilder()
                .addHeader("Set-Cookie", "sid=" + SECRET + "; Path=/")
                .addHeader("X-Echo", String.valueOf(request.getHeaders().get("Authorization")))
                .build();
    }

    private static RawOptions scanTexts(Path out, String... urls) throws IOException {
        Path root = Files.writeString(shared.resolve("root.pem"), ROOT.rootPem());
        return new RawOptions(Option::key)
                .set(Option.URLS, List.of(urls))
                .set(Option.CA_CERTIFICATES, root.toString())
                .set(Option.HEADERS, "Authorization: Bearer " + SECRET)
                .set(Option.OUTPUT_DIRECTORY, out.toString())
                .set(Option.TIMEOUT_SECONDS, "120");
    }

    private RawOptions texts(Path observations) {
        return new RawOptions(Option::key)
                .set(Option.OBSERVATIONS, observations.toString())
                .set(Option.OUTPUT_DIRECTORY, folder.resolve("out").toString());
    }

    private static JobResult grade(RawOptions texts) throws Exception {
        return GradeJob.run(GradeRequest.parse(texts), result -> {});
    }

    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the report without its id. */
    private static Report withoutId(Report report) {
        return new Report(
                "",
                report.url(),
                report.scannedAt(),
                report.duration(),
                report.score(),
                report.grade(),
                report.rawScore(),
                report.categories(),
                report.caps(),
                report.complete(),
                report.finalUrl(),
                report.versions());
    }

    @BeforeAll
    static void scan() throws Exception {
        recorded = shared.resolve("recorded");
        try (TestSite one = site(GradeJobTest::echo);
                TestSite other = site(request -> TestSite.page("hello"))) {
            RawOptions texts =
                    scanTexts(shared.resolve("scan"), url(one), url(other)).set(Option.RECORD, recorded.toString());
            scanned = ScanJob.run(ScanRequest.parse(texts), result -> {});
        }
    }

    @AfterAll
    static void forget() {
        scanned = new JobResult(List.of());
    }

    @Test
    void directoryOfRecordingsGetsTheReportsOfTheScans() throws Exception {
        assertEquals(2, files(recorded).size());
        JobResult graded = grade(texts(recorded));
        assertEquals(
                scanned.graded().stream()
                        .map(site -> withoutId(site.report()))
                        .sorted(Comparator.comparing(Report::url))
                        .toList(),
                graded.graded().stream()
                        .map(site -> withoutId(site.report()))
                        .sorted(Comparator.comparing(Report::url))
                        .toList());
        assertEquals(files(shared.resolve("scan")), files(folder.resolve("out")));
        assertEquals(scanned.gateFailures().size(), graded.gateFailures().size());
    }

    @Test
    void recordingsContainNoSecretsOfTheScanOrTheSite() throws Exception {
        for (String name : files(recorded)) {
            String text = Files.readString(recorded.resolve(name));
            assertFalse(text.contains(SECRET), name);
            assertTrue(text.contains("127.0.0.1"), name);
        }
    }

    @Test
    void recordingIsListedWithTheWrittenFiles() {
        SiteResult.GradedSite first = scanned.graded().get(0);
        assertTrue(
                first.fileLines().stream().anyMatch(line -> line.startsWith("Written: " + recorded)),
                first.fileLines()::toString);
    }

    @Test
    void oneRecordingProducesOneReport() throws Exception {
        Path one = recorded.resolve(files(recorded).get(0));
        JobResult graded = grade(texts(one).set(Option.FORMATS, List.of("json", "sarif")));
        assertEquals(1, graded.graded().size());
        assertEquals(List.of("report.json", "report.sarif"), files(folder.resolve("out")));
    }

    @Test
    void qualityGateAppliesToRecordings() throws Exception {
        assertFalse(grade(texts(recorded).set(Option.FAIL_BELOW, "A+"))
                .gateFailures()
                .isEmpty());
        assertEquals(
                List.of(),
                grade(texts(recorded).set(Option.FAIL_BELOW, "F").set(Option.FAIL_ON_INCOMPLETE, "false"))
                        .gateFailures());
        JobResult asBefore = grade(texts(recorded)
                .set(Option.FAIL_ON_REGRESSION, "true")
                .set(Option.FAIL_ON_INCOMPLETE, "false")
                .set(Option.BASELINE, shared.resolve("scan").toString()));
        assertEquals(List.of(), asBefore.gateFailures());
        assertTrue(
                asBefore.graded().stream().allMatch(site -> site.gate().notes().isEmpty()),
                "every recording has a baseline: "
                        + asBefore.graded().get(0).gate().notes());
    }

    @Test
    void provenanceNamesTargetVersionTimeAndScoringVersion() throws Exception {
        Path one = recorded.resolve(files(recorded).get(0));
        List<String> same = GradeRequest.parse(texts(one)).recordings().get(0).provenance();
        assertTrue(
                same.get(0).matches("Grading a recording.*, recorded by WebSentry \\S+ at 20\\d\\d-.*"), same.get(0));
        assertTrue(same.get(1).contains("uses the scoring version of the recording, 2"), same.get(1));
        Path other = Files.writeString(
                folder.resolve("other.json"),
                Files.readString(one)
                        .replaceFirst("\"scoringVersion\" : 2", "\"scoringVersion\" : 0")
                        .replaceFirst("(\"engineVersion\" : )\"[^\"]*\"", "$1\"0.0.9\\\\u001b[2J\""));
        List<String> differs =
                GradeRequest.parse(texts(other)).recordings().get(0).provenance();
        assertTrue(differs.get(0).contains("recorded by WebSentry 0.0.9\\u001B[2J at "), differs.get(0));
        assertTrue(
                differs.get(1)
                        .contains("uses scoring version 2, the recording was made with scoring version 0; a different"),
                differs.get(1));
    }

    @Test
    void failedScanRemovesTheRecordingOfAnEarlierScan() throws Exception {
        String gone;
        Path file = folder.resolve("deep/seen.json");
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            gone = url(site);
            ScanJob.run(ScanRequest.parse(scanTexts(folder, gone).set(Option.RECORD, file.toString())), result -> {});
            assertEquals(List.of("seen.json"), files(file.getParent()));
        }
        AtomicReference<SiteResult> failed = new AtomicReference<>();
        ScanJob.run(ScanRequest.parse(scanTexts(folder, gone).set(Option.RECORD, file.toString())), failed::set);
        assertEquals(List.of(), files(file.getParent()));
        assertTrue(
                failed.get().fileLines().contains("Not recorded because the scan could not run: " + file),
                failed.get().fileLines()::toString);
    }

    @Test
    void severalUrlsCannotShareARecordingFile() throws Exception {
        RawOptions texts = scanTexts(folder, "https://a.example.com", "https://b.example.com")
                .set(Option.RECORD, shared.resolve("root.pem").toString());
        String message = assertThrows(InvalidOptionException.class, () -> ScanRequest.parse(texts))
                .getMessage();
        assertTrue(message.startsWith("record: ") && message.contains("one file for 2 URLs"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            -          | observations: nothing to grade; set it to a recording of a scan
            missing    | "missing" is not a readable file
            empty      | contains no file whose name ends in .observations.json
            report     | report": line 1, column 2, ok: not a recording
            cut        | cut": line
            huge       | is larger than 67108864 bytes
            """)
    void invalidRecordingIsReportedOnOneLine(String name, String message) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        Path report = Files.writeString(folder.resolve("report"), "{\"ok\":true}");
        Path cut = Files.writeString(
                folder.resolve("cut"),
                Files.readString(recorded.resolve(files(recorded).get(0))).substring(0, 5000));
        try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        RawOptions texts = texts(folder.resolve(name == null || name.equals("missing") ? "x" : name));
        if (name == null || name.equals("missing")) {
            texts.set(Option.OBSERVATIONS, name);
        }
        String error = assertThrows(InvalidOptionException.class, () -> GradeRequest.parse(texts))
                .getMessage();
        assertTrue(error.startsWith("observations: ") && error.contains(message) && !error.contains("\n"), error);
        assertFalse(Files.exists(folder.resolve("out")));
        assertTrue(Files.exists(report) && Files.exists(cut));
    }

    @Test
    void recordingWithImpossibleValuesIsReported() throws Exception {
        String text = Files.readString(recorded.resolve(files(recorded).get(0)));
        Path forged = Files.writeString(
                folder.resolve("forged.json"),
                text.replaceFirst("\"host\" : null", "\"host\" : \"example.com\"")
                        .replaceFirst("\"answers\" : \\[ ]", """
                                "answers" : [ [ {"name": "example.com", "type": "CAA"},
                                    {"status": "RECORDS", "data": ["issue"]} ] ]"""));
        JobResult result = grade(texts(forged));
        assertEquals(1, result.graded().size());
        assertEquals(1, result.errors().size(), result.errors().toString());
        assertTrue(
                result.errors().get(0).contains(": Not checked: internal error: java.lang."),
                result.errors().toString());
        assertTrue(
                result.errors().get(0).contains(" in check dns."),
                result.errors().toString());
    }

    /** Runs in a separate JVM, in which opening a socket fails and no host name can be resolved. */
    @Test
    void gradingWorksWithoutNetwork() throws Exception {
        Path console = folder.resolve("console");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.nio.channels.spi.SelectorProvider=" + OfflineGrading.RejectingSelectorProvider.class.getName(),
                "-Djdk.net.hosts.file=" + Files.createFile(folder.resolve("hosts")),
                OfflineGrading.class.getName(),
                recorded.toString(),
                folder.resolve("out").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(console.toString()))
                .start();
        assertTrue(process.waitFor(90, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(console));
        assertEquals("offline\ngraded 2\n", Files.readString(console).replace("\r", ""));
        assertEquals(4, files(folder.resolve("out")).size());
    }
}
