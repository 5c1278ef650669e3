package dev.websentry.engine.output.wording;

import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.CategoryResult;
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
        return findings(report.checks());
    }

    /** Returns the findings of a category, in the order of {@link #findings(Report)}. */
    public static List<CheckResult> findings(CategoryResult category) {
        return findings(category.checks().stream());
    }

    private static List<CheckResult> findings(Stream<CheckResult> checks) {
        return checks.filter(CheckResult::isFinding)
                .sorted(Comparator.comparing((CheckResult check) -> check.status() == CheckStatus.FAIL ? 0 : 1)
                        .thenComparing(check -> check.pointHalves() - check.maxPointHalves()))
                .toList();
    }

    /** Returns the checks that could not be checked. */
    public static List<CheckResult> uncheckedChecks(Report report) {
        return report.checks().filter(CheckResult::isUnchecked).toList();
    }

    /** Returns the reason why a check was not checked. */
    public static String notCheckedReason(CheckResult check) {
        String prefix = CheckVerdict.NOT_CHECKED_PREFIX;
        return check.value().startsWith(prefix) ? check.value().substring(prefix.length()) : check.value();
    }

    /** Returns text such as "Waived until 2027-03-31: fixed in the next release". */
    public static String waived(Waiver waiver) {
        return "Waived until " + waiver.until() + ": " + waiver.reason();
    }

    /** Returns text such as "2.5 of 5 points"; empty for a check without points. */
    public static String pointsText(CheckResult check) {
        return check.maxPointHalves() == 0 ? "" : halves(check.pointHalves()) + " of " + points(check.maxPointHalves());
    }

    /** Returns text such as "2.5 points". */
    public static String points(int halves) {
        return halves(halves) + (halves == 2 ? " point" : " points");
    }

    /** Returns a short label of the outcome, such as "not checked". */
    public static String outcomeLabel(CheckResult check) {
        return switch (check.outcome()) {
            case PASS -> "pass";
            case WARN -> "warn";
            case FAIL -> "fail";
            case NOTHING_TO_PROTECT -> "no risk";
            case NOT_APPLICABLE -> "n/a";
            case NOT_CHECKED -> "not checked";
            case INFO -> "info";
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
                        + cap.checkId().map(id -> " (" + id + ")").orElse("")));
        if (!report.complete()
                && report.caps().stream().allMatch(cap -> cap.checkId().isPresent())) {
            notes.add("This report is incomplete: not every check could run.");
        }
        return notes;
    }

    private static String halves(int halves) {
        return halves / 2 + (halves % 2 == 0 ? "" : ".5");
    }
}
