package dev.websentry.engine.output;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every output says of a report's checks, in one order and one wording. */
final class Findings {
    private Findings() {}

    /** What a person should act on: what failed, then what warned, each by the points it costs. */
    static List<CheckResult> of(Report report) {
        return checks(report)
                .filter(CheckResult::isFinding)
                .sorted(Comparator.comparing(
                                (CheckResult check) -> check.status().equals("fail") ? 0 : 1)
                        .thenComparing(check -> check.pointHalves() - check.maxPointHalves()))
                .toList();
    }

    static List<CheckResult> unchecked(Report report) {
        return checks(report).filter(CheckResult::isUnchecked).toList();
    }

    static Stream<CheckResult> checks(Report report) {
        return report.categories().stream().flatMap(category -> category.checks().stream());
    }

    /** Why a check was not checked. */
    static String reason(CheckResult check) {
        String prefix = Verdict.NOT_CHECKED_PREFIX;
        return check.value().startsWith(prefix) ? check.value().substring(prefix.length()) : check.value();
    }

    /** "2.5 of 5 points"; empty for a check without points. */
    static String points(CheckResult check) {
        return check.maxPointHalves() == 0
                ? ""
                : halves(check.pointHalves()) + " of " + halves(check.maxPointHalves()) + " points";
    }

    private static String halves(int halves) {
        return halves / 2 + (halves % 2 == 0 ? "" : ".5");
    }
}
