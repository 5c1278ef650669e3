package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanJobTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE = ROOT.issue("127.0.0.1").build();

    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    private static TestSite site(Function<RecordedRequest, MockResponse> handler) {
        return TestSite.https(CERTIFICATE.serverContext(), handler);
    }

    private static String url(TestSite site) {
        return "https://127.0.0.1:" + site.port();
    }

    private RawOptions texts(String... urls) throws IOException {
        Path root = Files.writeString(folder.resolve("root.pem"), ROOT.rootPem());
        return new RawOptions(Option::key)
                .set(Option.URLS, List.of(urls))
                .set(Option.CA_CERTIFICATES, root.toString())
                .set(Option.OUTPUT_DIRECTORY, folder.resolve("out").toString())
                .set(Option.TIMEOUT_SECONDS, "120");
    }

    private JobResult run(RawOptions texts) throws Exception {
        return ScanJob.run(ScanRequest.parse(texts), site -> progress.add(site.progressLine()));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void sitesAreScannedConcurrently() throws Exception {
        CountDownLatch allRequested = new CountDownLatch(4);
        AtomicBoolean timedOut = new AtomicBoolean();
        List<TestSite> sites = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                AtomicBoolean requested = new AtomicBoolean();
                sites.add(site(request -> {
                    // No request is answered before all sites have received one.
                    if (requested.compareAndSet(false, true)) {
                        allRequested.countDown();
                    }
                    timedOut.compareAndSet(false, !await(allRequested));
                    return TestSite.page("hello");
                }));
            }
            String[] urls = sites.stream().map(ScanJobTest::url).toArray(String[]::new);
            JobResult result = run(texts(urls));
            assertFalse(timedOut.get());
            assertEquals(4, result.graded().size());
            assertEquals(
                    List.of(urls),
                    result.sites().stream().map(site -> site.target().input()).toList());
            assertEquals(8, files().size());
            assertEquals(4, progress.size());
        } finally {
            sites.forEach(TestSite::close);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void reportsAreWrittenIfTheQualityGateFails() throws Exception {
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            JobResult result = run(texts(url(site)).set(Option.FAIL_BELOW, "A+"));
            assertFalse(result.gateFailures().isEmpty());
            assertEquals(List.of("report.html", "report.json"), files());
            String json = Files.readString(folder.resolve("out/report.json"));
            assertEquals(result.graded().get(0).report(), ReportJsonReader.read(json));
        }
    }

    @Test
    void failedScanWritesAnErrorAndRemovesTheOldReport() throws Exception {
        String gone;
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            gone = url(site);
            run(texts(gone));
            assertEquals(List.of("report.html", "report.json"), files());
        }
        JobResult result = run(texts(gone).set(Option.FORMATS, List.of("json", "junit", "sarif")));
        assertInstanceOf(SiteResult.FailedSite.class, result.sites().get(0));
        assertTrue(result.gateFailures().isEmpty());
        assertTrue(result.errors().get(0).startsWith(gone + ": could not be scanned (unreachable): "));
        assertEquals(List.of("report.error.json", "report.junit.xml", "report.sarif"), files());
        JsonNode error = new ObjectMapper()
                .readTree(folder.resolve("out/report.error.json").toFile());
        assertFalse(error.path("ok").asBoolean(true));
        assertEquals("unreachable", error.path("reason").textValue());
        assertEquals(gone, error.path("url").textValue());
    }

    @Test
    void siteThatStartsLateIsRetried() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        try (TestSite site = site(request -> refusals.getAndDecrement() > 0
                ? new MockResponse.Builder().code(503).build()
                : TestSite.page("hello"))) {
            refusals.set(15);
            assertEquals(1, run(texts(url(site))).errors().size(), "a single scan must fail");
            refusals.set(15);
            assertEquals(
                    1,
                    run(texts(url(site)).set(Option.WAIT_SECONDS, "60"))
                            .graded()
                            .size());
        }
    }

    @Test
    void retriesAreLimitedByTheWaitTime() throws Exception {
        try (TestSite site =
                site(request -> new MockResponse.Builder().code(503).build())) {
            JobResult result = run(texts(url(site)).set(Option.WAIT_SECONDS, "1"));
            assertTrue(
                    result.errors().get(0).contains("refused_by_site"),
                    result.errors().get(0));
        }
    }

    @Test
    void duplicateUrlIsScannedOnce() throws Exception {
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            assertEquals(1, run(texts(url(site), url(site))).sites().size());
            assertEquals(List.of("report.html", "report.json"), files());
        }
    }

    @Test
    void interruptStopsTheScansWithoutWritingFiles() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (TestSite site = site(request -> {
            asked.countDown();
            await(over);
            return TestSite.page("too late");
        })) {
            ScanRequest request = ScanRequest.parse(texts(url(site)));
            Thread caller = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                await(asked);
                caller.interrupt();
            });
            interrupter.start();
            assertThrows(InterruptedException.class, () -> ScanJob.run(request, result -> {}));
            interrupter.join();
            over.countDown();
        }
        assertFalse(Files.exists(folder.resolve("out")));
    }

    /** Whatever a stopped scan ends with says nothing about the site. */
    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "internal error", "graded"})
    void scanThatEndsBecauseTheJobIsStoppedWritesNoFiles(String end) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            ScanRequest request = ScanRequest.parse(texts(url(site)));
            SiteScanner local = SiteScanner.local(request.options(), CheckCatalog.standard());
            SiteScanner scanner = new SiteScanner() {
                @Override
                public ScannedSite scan(Target target) throws ScanException {
                    ScannedSite scanned = local.scan(target);
                    caller.interrupt();
                    // Like a read from a socket: it ends when the socket is closed, not when its thread is interrupted.
                    while (!await(closed)) {
                        Thread.interrupted();
                    }
                    return switch (end) {
                        case "unreachable" ->
                            throw new ScanException(ScanException.ScanFailureReason.UNREACHABLE, "socket closed");
                        case "internal error" -> throw new IllegalStateException("closed");
                        default -> scanned;
                    };
                }

                @Override
                public void close() {
                    closed.countDown();
                    local.close();
                }
            };
            assertThrows(InterruptedException.class, () -> ScanJob.run(request, scanner, result -> {}));
        }
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsNamedAndTheGradeIsKept() throws Exception {
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            RawOptions texts = texts(url(site))
                    .set(Option.OUTPUT_DIRECTORY, folder.resolve("root.pem/x").toString());
            JobResult result = run(texts);
            assertEquals(1, result.graded().size());
            assertTrue(
                    result.fileErrors().get(0).contains("cannot create \""),
                    result.fileErrors().toString());
        }
    }

    /** The grade must not be lost with the file, for example on a full disk. */
    @Test
    void aFileThatCannotBeWrittenIsNamedAndTheGradeIsKept() throws Exception {
        // A directory that is not empty cannot be replaced by a file, not even by root.
        Path blocked = folder.resolve("out/report.html");
        Files.createDirectories(blocked.resolve("x"));
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            JobResult result = run(texts(url(site)).set(Option.FAIL_BELOW, "A+"));
            SiteResult.GradedSite graded = result.graded().get(0);
            assertFalse(graded.summary().isEmpty());
            assertFalse(result.gateFailures().isEmpty());
            assertEquals(List.of(), result.errors());
            String error = result.fileErrors().get(0);
            assertTrue(error.startsWith(url(site) + ": cannot write \"" + blocked + "\""), error);
            assertTrue(files().stream().noneMatch(name -> name.endsWith(".tmp")), files().toString());
        }
    }

    /** POSIX umask: reports have the mode of any new file; a recording may contain more than its reader should see. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void reportsHaveTheDefaultModeAndRecordingsArePrivate() throws Exception {
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "");
        Path recording = folder.resolve("seen.observations.json");
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            run(texts(url(site)).set(Option.RECORD, recording.toString()));
        }
        for (String name : files()) {
            assertEquals(
                    Files.getPosixFilePermissions(ordinary),
                    Files.getPosixFilePermissions(folder.resolve("out").resolve(name)),
                    name);
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)));
    }

    @Test
    void aFormatThatIsNoLongerChosenLeavesNoStaleFile() throws Exception {
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            run(texts(url(site)).set(Option.FORMATS, List.of("json", "sarif", "junit", "markdown", "badge", "html")));
            assertEquals(6, files().size());
            Files.writeString(folder.resolve("out/other.md"), "of another tool");
            run(texts(url(site)).set(Option.FORMATS, "json"));
            assertEquals(List.of("other.md", "report.json"), files());
        }
    }

    @Test
    void filesAreCopiedIntoTheDirectoryOfAnotherModule() throws Exception {
        try (TestSite site = site(request -> TestSite.page("hello"))) {
            JobResult result = run(texts(url(site)));
            Path other = folder.resolve("module/websentry");
            JobResult copied = new ReportFiles(other, ReportFiles.DEFAULT_FORMATS).copy(result);
            assertEquals(
                    List.of(other.resolve("report.json"), other.resolve("report.html")),
                    copied.sites().get(0).files());
            assertEquals(
                    Files.readString(folder.resolve("out/report.json")),
                    Files.readString(other.resolve("report.json")));
            assertEquals(result.gateFailures(), copied.gateFailures());
        }
    }
}
