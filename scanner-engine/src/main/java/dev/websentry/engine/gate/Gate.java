package dev.websentry.engine.gate;

import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Holds a report against conditions. */
public final class Gate {
    private Gate() {}

    public static GateResult judge(Report report, GateConditions conditions) {
        List<String> reasons = new ArrayList<>();
        conditions.failBelow().ifPresent(lowest -> {
            if (report.score() < lowest.lowestScore()) {
                reasons.add("grade " + report.grade().label() + " (" + report.score() + ") is below " + lowest.label()
                        + " (" + lowest.lowestScore() + ")" + capped(report));
            }
        });
        conditions.minScore().ifPresent(lowest -> {
            if (report.score() < lowest) {
                reasons.add("score " + report.score() + " is below " + lowest + capped(report));
            }
        });
        if (conditions.failOnIncomplete() && !report.complete()) {
            reasons.add("the scan is incomplete" + unchecked(report));
        }
        return new GateResult(reasons);
    }

    private static String capped(Report report) {
        return report.caps().stream()
                .filter(cap -> cap.limit() < report.rawScore())
                .map(ScoreCap::reason)
                .distinct()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "),
                        reasons ->
                                reasons.isEmpty() ? "" : ", capped from " + report.rawScore() + " because " + reasons));
    }

    private static String unchecked(Report report) {
        return report.categories().stream()
                .map(CategoryResult::checks)
                .flatMap(List::stream)
                .filter(CheckResult::isUnchecked)
                .map(check -> (check.id().isEmpty() ? check.name() : check.id()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "" : ": " + names + " not checked"));
    }
}
