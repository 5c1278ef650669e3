package dev.websentry.server.scan;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.Report;

/** Scans one site with the server's settings. An interface, so that tests can replace the engine. */
@FunctionalInterface
public interface SiteScanner {
    /**
     * Scans a site.
     *
     * @param id the id of the scan, for the log
     * @param progress receives the stages of the scan
     * @throws ScanException if the scan could not run
     */
    Report scan(String id, Target target, ScanProgressListener progress) throws ScanException;
}
