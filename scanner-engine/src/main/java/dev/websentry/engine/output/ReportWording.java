package dev.websentry.engine.output;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The order and wording of findings and check results that all report formats and the server's pages share. */
public final class ReportWording {
    private ReportWording() {}

    /**
     * Returns the findings of a report: failed checks first, then warnings, each sorted by lost points, highest first.
     */
    public static List<CheckResult> findings(Report report) {
        return checks(report)
                .filter(CheckResult::isFinding)
                .sorted(Comparator.comparing(
                                (CheckResult check) -> check.status().equals("fail") ? 0 : 1)
                        .thenComparing(check -> check.pointHalves() - check.maxPointHalves()))
                .toList();
    }

    /** Returns the checks that could not be checked. */
    static List<CheckResult> uncheckedChecks(Report report) {
        return checks(report).filter(CheckResult::isUnchecked).toList();
    }

    /** Returns all checks of a report. */
    static Stream<CheckResult> checks(Report report) {
        return report.categories().stream().flatMap(category -> category.checks().stream());
    }

    /** Returns the reason why a check was not checked. */
    static String notCheckedReason(CheckResult check) {
        String prefix = CheckVerdict.NOT_CHECKED_PREFIX;
        return check.value().startsWith(prefix) ? check.value().substring(prefix.length()) : check.value();
    }

    /** Returns text such as "2.5 of 5 points"; empty for a check without points. */
    public static String pointsText(CheckResult check) {
        return check.maxPointHalves() == 0
                ? ""
                : halves(check.pointHalves()) + " of " + halves(check.maxPointHalves())
                        + (check.maxPointHalves() == 2 ? " point" : " points");
    }

    /** Returns a short label of the outcome, such as "not checked". */
    public static String outcomeLabel(CheckResult check) {
        return check.outcome().map(ReportWording::outcomeLabel).orElse(check.status());
    }

    private static String outcomeLabel(CheckOutcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case WARN -> "warn";
            case FAIL -> "fail";
            case NOTHING_TO_PROTECT -> "no risk";
            case NOT_APPLICABLE -> "n/a";
            case NOT_CHECKED -> "not checked";
            case INFO -> "info";
        };
    }

    /** Returns the CSS class of the color for the outcome: pass, warn, fail or none. */
    public static String cssClass(CheckResult check) {
        return switch (check.status()) {
            case "pass", "warn", "fail" -> check.status();
            case "info" -> check.isUnchecked() ? "warn" : check.pointHalves() > 0 ? "pass" : "none";
            default -> "none";
        };
    }

    /** Returns sentences about the caps of the score and about an incomplete report. */
    public static List<String> notes(Report report) {
        List<String> notes = new ArrayList<>();
        if (report.rawScore() != report.score()) {
            notes.add("The score before caps is " + report.rawScore() + "; a cap lowers it to " + report.score() + ".");
        }
        report.caps()
                .forEach(cap -> notes.add("Score capped at " + cap.limit() + ": " + cap.reason()
                        + (cap.checkId().isEmpty() ? "" : " (" + cap.checkId() + ")")));
        if (!report.complete()
                && report.caps().stream().allMatch(cap -> !cap.checkId().isEmpty())) {
            notes.add("This report is incomplete: not every check could run.");
        }
        return notes;
    }

    private static String halves(int halves) {
        return halves / 2 + (halves % 2 == 0 ? "" : ".5");
    }
}
