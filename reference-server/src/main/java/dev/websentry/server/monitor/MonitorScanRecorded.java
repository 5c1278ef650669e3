package dev.websentry.server.monitor;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.scan.Scan;
import java.util.Optional;

/**
 * The event that a completed scan of a monitor was recorded. It is published once per scan, in the transaction that
 * records it, so that messages about it are stored together with it or not at all.
 *
 * @param monitor the monitor with its current settings, and with the grade of the previous successful scan
 * @param previous the previous successful scan
 * @param scan the completed scan
 */
public record MonitorScanRecorded(Monitor monitor, Optional<PreviousScan> previous, Scan scan) {
    /** The grade of the previous successful scan, and its id. */
    public record PreviousScan(Grade grade, Optional<String> scanId) {}

    /** Returns the grade of the completed scan. */
    public Grade grade() {
        return Grade.parse(scan.gradeSummary().orElseThrow().grade());
    }

    /** Returns the previous scan if its grade was better. */
    public Optional<PreviousScan> betterPrevious() {
        // The best grade comes first.
        return previous.filter(earlier -> grade().compareTo(earlier.grade()) > 0);
    }
}
