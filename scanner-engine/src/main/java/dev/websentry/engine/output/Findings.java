package dev.websentry.engine.output;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every output, a server's pages too, says of a report's checks, in one order and one wording. */
public final class Findings {
    private Findings() {}

    /** What a person should act on: what failed, then what warned, each by the points it costs. */
    public static List<CheckResult> of(Report report) {
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
    public static String points(CheckResult check) {
        return check.maxPointHalves() == 0
                ? ""
                : halves(check.pointHalves()) + " of " + halves(check.maxPointHalves()) + " points";
    }

    /** How it ended, in a word or two. */
    public static String label(CheckResult check) {
        return check.outcome().map(Findings::label).orElse(check.status());
    }

    private static String label(Outcome outcome) {
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

    /** The colour that goes with it: pass, warn, fail or none. */
    public static String tone(CheckResult check) {
        return switch (check.status()) {
            case "pass", "warn", "fail" -> check.status();
            case "info" -> check.isUnchecked() ? "warn" : check.pointHalves() > 0 ? "pass" : "none";
            default -> "none";
        };
    }

    /** What limits the score, and what the report does not say. */
    public static List<String> notes(Report report) {
        List<String> notes = new ArrayList<>();
        if (report.rawScore() != report.score()) {
            notes.add("The checks add up to " + report.rawScore() + "; a cap lowers the score to " + report.score()
                    + ".");
        }
        report.caps()
                .forEach(cap -> notes.add("At most " + cap.limit() + " points: " + cap.reason()
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
