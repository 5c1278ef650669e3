package dev.websentry.engine.gate;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportDiff;
import dev.websentry.engine.report.ReportVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds checks and scores that got worse since an earlier report. Checks that were not checked in one of the two
 * reports are not compared.
 */
final class RegressionDetector {
    /** The beginning of every reason that this class returns. */
    static final String PREFIX = "regression: ";

    private RegressionDetector() {}

    /** Returns one message for each regression; empty if nothing got worse. */
    static List<String> detect(Report now, Report before, AppliedWaivers excused) {
        ReportDiff checks = ReportDiff.of(before, now);
        Map<String, CheckResult> earlier = checks.before();
        Map<String, CheckResult> today = checks.after();
        List<String> reasons = new ArrayList<>();
        today.forEach((key, check) -> {
            CheckResult old = earlier.get(key);
            if (old != null && isCompared(check, old) && !excused.isWaived(check) && check.isWorseThan(old)) {
                reasons.add(PREFIX + check.label() + " changed from "
                        + old.status().label() + " to " + check.status().label() + " (" + check.value() + ")");
            }
        });
        if (sameRules(now, before)) {
            rawScore(now, before, excused, earlier, today).ifPresent(reasons::add);
        }
        return reasons;
    }

    private static Optional<String> rawScore(
            Report now,
            Report before,
            AppliedWaivers excused,
            Map<String, CheckResult> earlier,
            Map<String, CheckResult> today) {
        if (!now.isDetailed()) {
            return worse(now.rawScore(), before.rawScore());
        }
        Set<String> common = today.values().stream()
                .filter(check -> {
                    CheckResult old = earlier.get(check.label());
                    return old != null && isCompared(check, old);
                })
                .map(CheckResult::label)
                .collect(Collectors.toSet());
        return worse(
                GateScore.rawScore(now, excused.byCheckId().keySet(), check -> common.contains(check.label())),
                GateScore.rawScore(before, excused.byCheckId().keySet(), check -> common.contains(check.label())));
    }

    private static Optional<String> worse(int now, int before) {
        return now < before
                ? Optional.of(PREFIX + "the score before caps dropped from " + before + " to " + now)
                : Optional.empty();
    }

    private static boolean sameRules(Report now, Report before) {
        return now.versions()
                .map(ReportVersions::scoring)
                .equals(before.versions().map(ReportVersions::scoring));
    }

    private static boolean isCompared(CheckResult now, CheckResult before) {
        return !now.isUnchecked() && !before.isUnchecked();
    }
}
