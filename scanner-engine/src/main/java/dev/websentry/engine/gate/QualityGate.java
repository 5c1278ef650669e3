package dev.websentry.engine.gate;

import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Evaluates a report against the conditions of a quality gate. Stateless and without side effects; the validity of
 * waivers is decided on the date of the report's scan, not on the current date.
 */
public final class QualityGate {
    private QualityGate() {}

    /**
     * Evaluates a report without waivers and without a baseline.
     *
     * @return the result with the reasons for a failure
     */
    public static GateResult evaluate(Report report, GateConditions conditions) {
        return evaluate(report, conditions, List.of(), Optional.empty());
    }

    /**
     * Evaluates a report.
     *
     * @param waivers the accepted findings; those of other hosts are ignored
     * @param baseline the earlier report to compare with, if there is one
     * @return the result with the reasons for a failure
     */
    public static GateResult evaluate(
            Report report, GateConditions conditions, List<Waiver> waivers, Optional<Report> baseline) {
        AppliedWaivers excused = AppliedWaivers.of(report, waivers);
        GateScore gateScore = GateScore.of(report, excused);
        List<String> reasons = new ArrayList<>();
        List<String> notes = new ArrayList<>(excused.notes());
        if (!report.isDetailed()) {
            notes.add("the server does not report whether the scan is complete; "
                    + (report.complete()
                            ? "no category is missing and no check is marked as not checked"
                            : "a category is missing or a check is marked as not checked"));
        }
        Optional<Grade> failBelow = conditions.failBelow();
        if (conditions.failOnRegression()) {
            if (baseline.isPresent()) {
                reasons.addAll(RegressionDetector.detect(report, baseline.get(), excused));
            } else {
                notes.add("no baseline yet; regressions were not evaluated");
                failBelow = failBelow.or(() -> Optional.of(GateConditions.DEFAULT_FAIL_BELOW));
            }
        }
        addScoreReasons(reasons, report, gateScore, failBelow, conditions, excused);
        conditions
                .categoryMinimums()
                .forEach(minimum -> categoryReason(report, minimum, excused).ifPresent(reasons::add));
        if (conditions.failOnIncomplete() && !gateScore.complete()) {
            reasons.add("the scan is incomplete" + unchecked(report, excused));
        }
        return new GateResult(
                gateScore.score(),
                reasons,
                notes,
                excused.byCheckId().values().stream()
                        .sorted(Comparator.comparing(Waiver::checkId))
                        .toList());
    }

    private static void addScoreReasons(
            List<String> reasons,
            Report report,
            GateScore gate,
            Optional<Grade> failBelow,
            GateConditions conditions,
            AppliedWaivers excused) {
        String waived = excused.byCheckId().isEmpty() ? "" : " with waivers";
        failBelow
                .filter(lowest -> gate.score() < lowest.minScore())
                .ifPresent(lowest -> reasons.add("grade "
                        + Grade.ofScore(gate.score()).label() + " (" + gate.score() + waived + ") is below "
                        + lowest.label()
                        + " (" + lowest.minScore() + ")" + capped(report, gate, excused)));
        conditions.minScore().ifPresent(lowest -> {
            if (gate.score() < lowest) {
                reasons.add("score " + gate.score() + waived + " is below " + lowest + capped(report, gate, excused));
            }
        });
    }

    /** Describes the caps that limit the score; empty if no cap has an effect. */
    private static String capped(Report report, GateScore gate, AppliedWaivers excused) {
        int raw = excused.byCheckId().isEmpty()
                ? report.rawScore()
                : GateScore.rawScore(report, excused.byCheckId().keySet(), check -> true);
        if (raw <= gate.score()) {
            return "";
        }
        return report.caps().stream()
                .filter(cap -> cap.limit() < raw)
                .filter(cap -> !excused.isWaived(cap))
                .map(ScoreCap::reason)
                .distinct()
                .collect(Collectors.joining("; ", ", capped from " + raw + ": ", ""));
    }

    private static Optional<String> categoryReason(Report report, CategoryMinimum minimum, AppliedWaivers excused) {
        Optional<CategoryResult> found = report.categories().stream()
                .filter(category -> category.category() == minimum.category())
                .findFirst();
        String key = minimum.category().key();
        if (found.isEmpty()) {
            return Optional.of(
                    "category " + key + " is missing from the report; at least " + minimum.label() + " is required");
        }
        CategoryResult category = found.get();
        Predicate<CheckResult> unchecked = check -> check.isUnchecked() && !excused.isWaived(check);
        if (category.maxScore() == 0) {
            return category.checks().stream().anyMatch(unchecked)
                    ? Optional.of("category " + key + " was not checked; at least " + minimum.label() + " is required")
                    : Optional.empty();
        }
        int percent = GateScore.percent(category, excused.byCheckId().keySet());
        return percent < minimum.percent()
                ? Optional.of("category " + key + " is at " + percent + "% ("
                        + Grade.ofScore(percent).label() + "); at least " + minimum.label() + " is required")
                : Optional.empty();
    }

    private static String unchecked(Report report, AppliedWaivers excused) {
        return report.checks()
                .filter(check -> check.isUnchecked() && !excused.isWaived(check))
                .map(CheckResult::label)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "" : ": " + names + " not checked"));
    }
}
