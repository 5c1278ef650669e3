package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.SiteResult;
import dev.websentry.engine.job.SiteScanner;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the step with a defect in the scan of one site, and in one check of another site. */
class InternalErrorTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE = ROOT.issue("127.0.0.1").build();
    private static final String BROKEN_CHECK = "headers.content-type-options";

    @TempDir
    private Path workspace;

    private final List<String> console = new ArrayList<>();

    @Test
    void stepNamesTheUrlsWithInternalErrorsAndKeepsTheOtherResults() throws Exception {
        try (TestSite good = site();
                TestSite crashing = site();
                TestSite withCrashingCheck = site()) {
            Files.writeString(workspace.resolve("root.pem"), ROOT.rootPem());
            ScanSettings settings = new ScanSettings()
                    .set(Option.URLS, List.of(url(good), url(crashing), url(withCrashingCheck)))
                    .set(Option.CA_CERTIFICATES, "root.pem")
                    .set(Option.FAIL_BELOW, "F")
                    .set(Option.FAIL_ON_INCOMPLETE, "false");

            BuildRecord run = new WorkspaceScanner(settings, workspace, console::add)
                    .run(Map.of(), (request, finished) -> job(request, finished, url(crashing), url(withCrashingCheck)))
                    .record();

            assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
            assertTrue(run.sites().get(0).isGraded());
            assertFalse(run.sites().get(1).isGraded());
            assertTrue(run.sites().get(2).isGraded());
            String crash = url(crashing) + ": could not be scanned (internal_error): ";
            assertTrue(
                    run.sites().get(1).error().startsWith(crash),
                    run.sites().get(1).error());
            assertTrue(console.stream().anyMatch(line -> line.startsWith(crash)), () -> String.join("\n", console));
            assertTrue(run.message().contains(crash), run.message());
            assertTrue(run.message().contains("java.util.NoSuchElementException"), run.message());
            assertTrue(run.message().contains(url(withCrashingCheck) + ": "), run.message());
            assertTrue(run.message().contains(BROKEN_CHECK), run.message());
            assertFalse(run.message().contains(url(good)), run.message());
        }
    }

    private static TestSite site() {
        return TestSite.https(CERTIFICATE.serverContext(), request -> TestSite.page("hello"));
    }

    private static String url(TestSite site) {
        return "https://127.0.0.1:" + site.port();
    }

    private static JobResult job(
            ScanRequest request, Consumer<SiteResult> finished, String crashing, String withCrashingCheck)
            throws InterruptedException {
        List<Check> checks = CheckCatalog.standard().checks().stream()
                .map(check -> check.definition().id().equals(BROKEN_CHECK)
                        ? new CrashingCheck(check, withCrashingCheck)
                        : check)
                .toList();
        SiteScanner local = SiteScanner.local(request.options(), CheckCatalog.of(checks));
        SiteScanner scanner = new SiteScanner() {
            @Override
            public ScannedSite scan(Target target) throws ScanException {
                if (target.input().equals(crashing)) {
                    throw new NoSuchElementException("defect");
                }
                return local.scan(target);
            }

            @Override
            public void close() {
                local.close();
            }
        };
        return ScanJob.run(request, scanner, finished);
    }

    private record CrashingCheck(Check check, String url) implements Check {
        @Override
        public CheckDefinition definition() {
            return check.definition();
        }

        @Override
        public CheckVerdict evaluate(ScanObservations seen) {
            if (seen.target().input().equals(url)) {
                throw new ArithmeticException("defect");
            }
            return check.evaluate(seen);
        }
    }
}
