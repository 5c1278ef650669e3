package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two reports of one site.
 *
 * @param worse checks whose result is worse than before
 * @param better checks whose result is better than before
 * @param added checks that the earlier report does not contain or lists as not checked
 * @param removed checks that the later report does not contain or lists as not checked
 * @param unchanged the number of checks with the same result in both reports
 */
record ReportComparison(
        List<CheckChange> worse,
        List<CheckChange> better,
        List<CheckChange> added,
        List<CheckChange> removed,
        int unchanged) {

    /**
     * Compares two reports.
     *
     * @param before the earlier report
     * @param now the later report
     */
    static ReportComparison of(Report before, Report now) {
        ReportDiff checks = ReportDiff.of(before, now);
        Map<String, CheckResult> old = checked(checks.before());
        Map<String, CheckResult> fresh = checked(checks.after());
        List<CheckChange> worse = new ArrayList<>();
        List<CheckChange> better = new ArrayList<>();
        List<CheckChange> added = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<String, CheckResult> entry : fresh.entrySet()) {
            CheckResult earlier = old.get(entry.getKey());
            CheckResult check = entry.getValue();
            if (earlier == null) {
                added.add(CheckChange.of(null, check));
            } else if (check.isWorseThan(earlier)) {
                worse.add(CheckChange.of(earlier, check));
            } else if (earlier.isWorseThan(check)) {
                better.add(CheckChange.of(earlier, check));
            } else {
                unchanged++;
            }
        }
        List<CheckChange> removed = old.entrySet().stream()
                .filter(entry -> !fresh.containsKey(entry.getKey()))
                .map(entry -> CheckChange.of(entry.getValue(), null))
                .toList();
        return new ReportComparison(worse, better, added, removed, unchanged);
    }

    /** Removes checks that were not checked, because such a check is neither better nor worse. */
    private static Map<String, CheckResult> checked(Map<String, CheckResult> all) {
        Map<String, CheckResult> checks = new LinkedHashMap<>(all);
        checks.values().removeIf(CheckResult::isUnchecked);
        return checks;
    }

    /**
     * One check with its results before and after.
     *
     * @param before null if the earlier report has no result of this check
     * @param after null if the later report has no result of this check
     */
    record CheckChange(
            String id,
            String name,
            @Nullable CheckSnapshot before,
            @Nullable CheckSnapshot after) {
        static CheckChange of(@Nullable CheckResult before, @Nullable CheckResult after) {
            CheckResult present = after != null ? after : before;
            if (present == null) {
                throw new IllegalArgumentException("a compared check needs a result in at least one report");
            }
            return new CheckChange(
                    present.id().orElse(""), present.name(), CheckSnapshot.of(before), CheckSnapshot.of(after));
        }
    }

    /** The result of a check in one of the two reports. */
    record CheckSnapshot(String status, String tone, String value) {
        static @Nullable CheckSnapshot of(@Nullable CheckResult check) {
            return check == null
                    ? null
                    : new CheckSnapshot(
                            ReportWording.outcomeLabel(check),
                            ReportColor.ofCheck(check).cssClass(),
                            check.value());
        }
    }
}
