package dev.websentry.engine.api;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.report.Report;

/**
 * The outcome of a scan.
 *
 * @param report the graded report
 * @param gate the result of the quality gate
 */
public record ScanOutcome(Report report, GateResult gate) {
    /** Returns the complete text of a report file. */
    public String write(ReportFormat format) {
        return format.write(report, gate);
    }
}
