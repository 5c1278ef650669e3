package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.SiteScanner;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.report.ReportJsonReader.InvalidReportException;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the goal with defects in one check and in the scan of one site. */
class InternalErrorTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE = ROOT.issue("127.0.0.1").build();
    private static final String BROKEN_CHECK = "headers.content-type-options";

    @TempDir
    private Path folder;

    private final List<TestSite> sites = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private String checkCrashes = "";
    private String scanCrashes = "";
    private String good = "";
    private String otherGood = "";

    @BeforeEach
    void startSites() {
        checkCrashes = start();
        scanCrashes = start();
        good = start();
        otherGood = start();
    }

    private String start() {
        TestSite site = TestSite.https(CERTIFICATE.serverContext(), request -> TestSite.page("hello"));
        sites.add(site);
        return "https://127.0.0.1:" + site.port();
    }

    @AfterEach
    void stopSites() {
        sites.forEach(TestSite::close);
    }

    @Test
    void defectsCostNeitherTheReportsOfOtherSitesNorThoseOfOtherChecks() throws Exception {
        MojoExecutionException failure = assertThrows(MojoExecutionException.class, goal(new Defect())::execute);

        for (String url : List.of(good, otherGood)) {
            Report report = report(url);
            assertEquals(url, report.url());
            assertEquals(CheckOutcome.FAIL, brokenCheck(report).outcome());
            assertTrue(Files.exists(file(url, ".html")));
            assertFalse(failure.getMessage().contains(url), failure.getMessage());
        }
        CheckResult crashed = brokenCheck(report(checkCrashes));
        assertEquals(CheckOutcome.NOT_CHECKED, crashed.outcome());
        String value = crashed.value();
        assertTrue(value.startsWith("Not checked: internal error: java.lang.ArithmeticException at "), value);
        assertTrue(value.contains(" in check " + BROKEN_CHECK + "; "), value);
        assertTrue(value.contains("please report it"), value);
        String error = Files.readString(file(scanCrashes, ".error.json"));
        assertTrue(error.contains("\"reason\" : \"internal_error\""), error);
        assertTrue(error.contains("\"url\" : \"" + scanCrashes + "\""), error);
        assertFalse(Files.exists(file(scanCrashes, ".json")));
        for (String url : List.of(checkCrashes, scanCrashes)) {
            assertTrue(failure.getMessage().contains(url), failure.getMessage());
            assertTrue(console.stream().anyMatch(line -> line.contains(url)), console.toString());
        }
        assertTrue(
                console.stream()
                        .anyMatch(line -> line.contains(scanCrashes + ": could not be scanned (internal_error): ")
                                && line.contains("java.util.NoSuchElementException")),
                console.toString());
    }

    @Test
    void stackOverflowInACheckOrScanIsContained() throws Exception {
        MojoExecutionException failure = assertThrows(MojoExecutionException.class, goal(new Overflow())::execute);
        assertTrue(failure.getMessage().contains(checkCrashes + ": "), failure.getMessage());
        assertTrue(failure.getMessage().contains("java.lang.StackOverflowError"), failure.getMessage());
        assertTrue(Files.exists(file(checkCrashes, ".json")));
        assertTrue(Files.exists(file(scanCrashes, ".error.json")));
        assertTrue(Files.exists(file(good, ".json")));
    }

    @Test
    void outOfMemoryEndsTheGoal() {
        assertThrows(OutOfMemoryError.class, goal(new OutOfMemory())::execute);
    }

    private Path file(String url, String extension) throws IOException {
        String port = url.substring(url.lastIndexOf(':') + 1);
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(port + extension))
                    .findFirst()
                    .orElse(folder.resolve("missing" + extension));
        }
    }

    private Report report(String url) throws IOException, InvalidReportException {
        return ReportJsonReader.read(Files.readString(file(url, ".json")));
    }

    private static CheckResult brokenCheck(Report report) {
        return report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.label().equals(BROKEN_CHECK))
                .findFirst()
                .orElseThrow();
    }

    /** What goes wrong in the broken check and in the scan of the broken site. */
    private interface Failure {
        void occur(boolean inCheck);
    }

    private static final class Defect implements Failure {
        @Override
        public void occur(boolean inCheck) {
            throw inCheck ? new ArithmeticException("x") : new NoSuchElementException("x");
        }
    }

    private static final class Overflow implements Failure {
        @Override
        public void occur(boolean inCheck) {
            occur(!inCheck);
            occur(inCheck);
        }
    }

    private static final class OutOfMemory implements Failure {
        @Override
        public void occur(boolean inCheck) {
            throw new OutOfMemoryError("test");
        }
    }

    private QualityGateMojo goal(Failure failure) {
        QualityGateMojo goal = new BrokenGoal(failure);
        goal.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                console.add(line.toString());
            }
        });
        return goal;
    }

    /** The goal scan with a broken check and a scanner that crashes on one site. */
    private final class BrokenGoal extends QualityGateMojo {
        private final Failure failure;

        BrokenGoal(Failure failure) {
            this.failure = failure;
        }

        @Override
        RawOptions addOptions(RawOptions texts) {
            try {
                return texts.set(Option.URLS, List.of(checkCrashes, scanCrashes, good, otherGood))
                        .set(
                                Option.CA_CERTIFICATES,
                                Files.writeString(folder.resolve("root.pem"), ROOT.rootPem())
                                        .toString())
                        .set(Option.FAIL_BELOW, "F")
                        .set(Option.FAIL_ON_INCOMPLETE, "false")
                        .set(Option.OUTPUT_DIRECTORY, folder.resolve("out").toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        BuildOutcome runGoal(RawOptions texts) throws InvalidOptionException, IOException, InterruptedException {
            ScanRequest request = ScanRequest.parse(texts);
            List<Check> checks = CheckCatalog.standard().checks().stream()
                    .map(check -> check.definition().id().equals(BROKEN_CHECK)
                            ? new CrashingCheck(check, failure, checkCrashes)
                            : check)
                    .toList();
            SiteScanner scanner = SiteScanner.local(request.options(), CheckCatalog.of(checks));
            return new BuildOutcome(
                    ScanJob.run(request, new CrashingScanner(scanner, failure), this::progress), true, getLog());
        }
    }

    private record CrashingCheck(Check check, Failure failure, String url) implements Check {
        @Override
        public CheckDefinition definition() {
            return check.definition();
        }

        @Override
        public CheckVerdict evaluate(ScanObservations seen) {
            if (seen.target().input().equals(url)) {
                failure.occur(true);
            }
            return check.evaluate(seen);
        }
    }

    private final class CrashingScanner implements SiteScanner {
        private final SiteScanner scanner;
        private final Failure failure;

        CrashingScanner(SiteScanner scanner, Failure failure) {
            this.scanner = scanner;
            this.failure = failure;
        }

        @Override
        public ScannedSite scan(Target target) throws ScanException {
            if (target.input().equals(scanCrashes)) {
                failure.occur(false);
            }
            return scanner.scan(target);
        }

        @Override
        public void close() {
            scanner.close();
        }
    }
}
