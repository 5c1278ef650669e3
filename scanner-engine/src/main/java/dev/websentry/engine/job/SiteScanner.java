package dev.websentry.engine.job;

import dev.websentry.engine.Grader;
import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.remote.RemoteScanner;
import dev.websentry.engine.report.Report;
import java.time.Duration;
import java.util.Optional;

/** Scans single sites for a job, locally or on a server. Thread-safe. An interface, so that tests can replace it. */
public interface SiteScanner extends AutoCloseable {
    /**
     * Scans and grades a site.
     *
     * @throws ScanException if the scan could not run
     */
    ScannedSite scan(Target target) throws ScanException;

    @Override
    void close();

    /**
     * A scanned site.
     *
     * @param report the graded report
     * @param observations what was observed; empty for a scan on a server
     */
    record ScannedSite(Report report, Optional<ScanObservations> observations) {}

    /**
     * Returns a scanner that scans from this machine.
     *
     * @param options the options of all scans
     * @param checks the checks that grade the sites
     */
    static SiteScanner local(ScanOptions options, CheckCatalog checks) {
        Scanner scanner = new Scanner();
        return new SiteScanner() {
            @Override
            public ScannedSite scan(Target target) throws ScanException {
                long start = System.nanoTime();
                ScanObservations observations = scanner.observe(target, options, ScanProgressListener.NONE);
                Duration duration = Duration.ofNanos(System.nanoTime() - start);
                return new ScannedSite(Grader.grade(checks, observations, duration), Optional.of(observations));
            }

            @Override
            public void close() {
                scanner.close();
            }
        };
    }

    /** Returns a scanner that lets a server scan. */
    static SiteScanner remote(RemoteScanner server) {
        return new SiteScanner() {
            @Override
            public ScannedSite scan(Target target) throws ScanException {
                return new ScannedSite(server.scan(target), Optional.empty());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
