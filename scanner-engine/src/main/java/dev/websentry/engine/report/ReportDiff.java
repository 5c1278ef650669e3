package dev.websentry.engine.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The checks of two reports of one site, by a key that both reports have. The key is the check id, or category and name
 * if one of the reports comes from a service that does not report check ids.
 *
 * @param before the checks of the earlier report
 * @param after the checks of the later report
 */
public record ReportDiff(Map<String, CheckResult> before, Map<String, CheckResult> after) {
    /** Pairs all checks of two reports, in the order of the reports. */
    public static ReportDiff of(Report before, Report now) {
        boolean byId = before.isDetailed() && now.isDetailed();
        return new ReportDiff(keyed(before, byId), keyed(now, byId));
    }

    private static Map<String, CheckResult> keyed(Report report, boolean byId) {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        for (CategoryResult category : report.categories()) {
            category.checks()
                    .forEach(check -> checks.put(byId ? check.label() : category.key() + "/" + check.name(), check));
        }
        return checks;
    }
}
