package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scan that is done.
 *
 * @param results the engine's JSON, as it was stored
 */
public record ScanReport(Scan scan, String results) {
    /** For pages and pictures. */
    public Report report() {
        try {
            return ReportReader.read(JsonMapper.shared().writeValueAsString(ScanAnswer.of(this)));
        } catch (ReportReader.NotAReport e) {
            throw new IllegalStateException("the results of scan " + scan.id() + " cannot be read", e);
        }
    }
}
