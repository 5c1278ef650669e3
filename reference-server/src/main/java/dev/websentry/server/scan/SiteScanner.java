package dev.websentry.server.scan;

import dev.websentry.engine.Progress;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;

/** Scans one site as the server's settings say. A bean, so that a test can hold a scan where it wants it. */
@FunctionalInterface
public interface SiteScanner {
    /**
     * @param id of the scan, for the log
     * @throws ScanException when the scan could not run
     */
    Report scan(String id, Target target, Progress progress) throws ScanException;
}
