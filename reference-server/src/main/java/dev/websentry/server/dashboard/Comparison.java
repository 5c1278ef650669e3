package dev.websentry.server.dashboard;

import dev.websentry.engine.output.Findings;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.ChecksByKey;
import dev.websentry.engine.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two scans of one site.
 *
 * @param worse checks that ended worse than before
 * @param better checks that ended better
 * @param added checks that the earlier report does not have, or could not run
 * @param gone checks that the later report does not have, or could not run
 * @param same how many ended alike
 */
record Comparison(List<Line> worse, List<Line> better, List<Line> added, List<Line> gone, int same) {

    static Comparison of(Report before, Report now) {
        ChecksByKey checks = ChecksByKey.of(before, now);
        Map<String, CheckResult> old = checked(checks.before());
        Map<String, CheckResult> fresh = checked(checks.now());
        List<Line> worse = new ArrayList<>();
        List<Line> better = new ArrayList<>();
        List<Line> added = new ArrayList<>();
        int same = 0;
        for (Map.Entry<String, CheckResult> entry : fresh.entrySet()) {
            CheckResult earlier = old.get(entry.getKey());
            CheckResult check = entry.getValue();
            if (earlier == null) {
                added.add(Line.of(null, check));
            } else if (check.isWorseThan(earlier)) {
                worse.add(Line.of(earlier, check));
            } else if (earlier.isWorseThan(check)) {
                better.add(Line.of(earlier, check));
            } else {
                same++;
            }
        }
        List<Line> gone = old.entrySet().stream()
                .filter(entry -> !fresh.containsKey(entry.getKey()))
                .map(entry -> Line.of(entry.getValue(), null))
                .toList();
        return new Comparison(worse, better, added, gone, same);
    }

    /** What could not be checked is neither better nor worse: it is not there. */
    private static Map<String, CheckResult> checked(Map<String, CheckResult> all) {
        Map<String, CheckResult> checks = new LinkedHashMap<>(all);
        checks.values().removeIf(CheckResult::isUnchecked);
        return checks;
    }

    /**
     * One check, before and after.
     *
     * @param before null when it is new
     * @param after null when it is gone
     */
    record Line(
            String id,
            String name,
            @Nullable Side before,
            @Nullable Side after) {
        static Line of(@Nullable CheckResult before, @Nullable CheckResult after) {
            CheckResult named = after != null ? after : before;
            if (named == null) {
                throw new IllegalArgumentException("a line of a comparison has at least one side");
            }
            return new Line(named.id(), named.name(), Side.of(before), Side.of(after));
        }
    }

    /** How a check ended in one of the two. */
    record Side(String status, String tone, String value) {
        static @Nullable Side of(@Nullable CheckResult check) {
            return check == null ? null : new Side(Findings.label(check), Findings.tone(check), check.value());
        }
    }
}
