package dev.websentry.jenkins;

import java.util.List;

/**
 * The result of a step's scans.
 *
 * @param record the part that lists and charts need
 * @param reports the JSON report of each site, in the order of the record; empty text for a site that could not be
 *     scanned
 */
public record AgentScanResult(BuildRecord record, List<String> reports) {
    public AgentScanResult {
        reports = List.copyOf(reports);
        if (reports.size() != record.sites().size()) {
            throw new IllegalArgumentException(
                    reports.size() + " reports for " + record.sites().size() + " sites");
        }
    }

    /** Creates the result of a step whose settings are invalid: nothing was scanned. */
    static AgentScanResult invalidSetting(InvalidSettingException problem) {
        return new AgentScanResult(
                new BuildRecord(List.of(), List.of(String.valueOf(problem.getMessage())), List.of()), List.of());
    }
}
