package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import java.nio.charset.StandardCharsets;

/** A completed scan with its results. */
public final class CompletedScan {
    private final Scan scan;
    private final byte[] compressedResults;

    /** @param compressedResults the engine's JSON as stored; the array is not copied and must not be changed */
    CompletedScan(Scan scan, byte[] compressedResults) {
        this.scan = scan;
        this.compressedResults = compressedResults;
    }

    public Scan scan() {
        return scan;
    }

    byte[] compressedResults() {
        return compressedResults;
    }

    /** Returns the response of {@code GET /api/scan/:scanId/json} in UTF-8. */
    public byte[] json() {
        return ScanReportResponse.json(this);
    }

    /** Parses the results. */
    public Report report() {
        try {
            return ReportJsonReader.read(new String(ScanReportResponse.json(this), StandardCharsets.UTF_8));
        } catch (ReportJsonReader.InvalidReportException e) {
            throw new IllegalStateException("the results of scan " + scan.id() + " cannot be read", e);
        }
    }
}
