package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportReader;
import java.nio.charset.StandardCharsets;

/** A scan that is done. */
public final class ScanReport {
    private final Scan scan;
    private final byte[] results;

    /** @param results the engine's JSON, as it was stored; not to be changed */
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

    /** For pages and pictures. */
    public Report report() {
        try {
            return ReportReader.read(new String(ScanAnswer.json(this), StandardCharsets.UTF_8));
        } catch (ReportReader.NotAReport e) {
            throw new IllegalStateException("the results of scan " + scan.id() + " cannot be read", e);
        }
    }
}
