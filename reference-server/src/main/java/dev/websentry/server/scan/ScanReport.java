package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportReader;
import java.nio.charset.StandardCharsets;

/** A completed scan with its results. */
public final class ScanReport {
    private final Scan scan;
    private final byte[] results;

    /** @param results the engine's JSON as stored; the array is not copied and must not be changed */
    ScanReport(Scan scan, byte[] results) {
        this.scan = scan;
        this.results = results;
    }

    public Scan scan() {
        return scan;
    }

    byte[] results() {
        return results;
    }

    /** Parses the results. */
    public Report report() {
        try {
            return ReportReader.read(new String(ScanAnswer.json(this), StandardCharsets.UTF_8));
        } catch (ReportReader.NotAReport e) {
            throw new IllegalStateException("the results of scan " + scan.id() + " cannot be read", e);
        }
    }
}
