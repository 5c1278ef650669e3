package dev.websentry.engine.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The checks of two reports of one site, by a key that both share: the checks' ids, or where one of the reports comes from a
 * service that names no ids, category and name.
 */
public record ChecksByKey(Map<String, CheckResult> before, Map<String, CheckResult> now) {
    /** In the order of the reports; none is left out. */
    public static ChecksByKey of(Report before, Report now) {
        boolean byId = before.isDetailed() && now.isDetailed();
        return new ChecksByKey(keyed(before, byId), keyed(now, byId));
    }

    private static Map<String, CheckResult> keyed(Report report, boolean byId) {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        for (CategoryResult category : report.categories()) {
            category.checks()
                    .forEach(check -> checks.put(byId ? check.id() : category.key() + "/" + check.name(), check));
        }
        return checks;
    }
}
