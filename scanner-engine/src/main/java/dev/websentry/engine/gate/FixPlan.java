package dev.websentry.engine.gate;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The few findings of a report whose correction raises the score most.
 *
 * @param checks the findings, at most {@link #MAX_CHECKS}
 * @param before the score of the quality gate today, 0 to 100
 * @param after the score after these findings are corrected and nothing else changes, 0 to 100
 */
public record FixPlan(List<CheckResult> checks, int before, int after) {
    /** The number of findings in a plan. */
    public static final int MAX_CHECKS = 3;

    /** The number of findings with the most lost points that are tried in all combinations, in addition to all caps. */
    private static final int MAX_CANDIDATES = 12;

    public FixPlan {
        checks = List.copyOf(checks);
    }

    /**
     * Selects the findings that raise the score most. Findings that are waived are not selected, because a waiver
     * already counts them as passed.
     *
     * @return empty if the report has at most {@link #MAX_CHECKS} findings that are not waived, or no check ids
     */
    public static Optional<FixPlan> of(Report report, List<Waiver> waived) {
        Set<String> excused = waived.stream().map(Waiver::checkId).collect(Collectors.toSet());
        List<CheckResult> findings = report.checks()
                .filter(check -> check.isFinding() && !excused.contains(check.label()))
                .toList();
        if (findings.size() <= MAX_CHECKS
                || findings.stream().anyMatch(check -> check.id().isEmpty())) {
            return Optional.empty();
        }
        List<CheckResult> candidates = candidates(report, findings);
        PlanScore best = new PlanScore(report, excused, List.of());
        int before = best.score;
        for (List<CheckResult> plan : combinations(candidates)) {
            PlanScore score = new PlanScore(report, excused, plan);
            if (score.isBetterThan(best)) {
                best = score;
            }
        }
        return best.plan.isEmpty() ? Optional.empty() : Optional.of(new FixPlan(best.plan, before, best.score));
    }

    /** Returns all findings that cap the score, and those that cost the most points, in the order of the report. */
    private static List<CheckResult> candidates(Report report, List<CheckResult> findings) {
        Set<String> capped = report.caps().stream()
                .map(ScoreCap::checkId)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        Set<CheckResult> chosen = new HashSet<>(findings.stream()
                .filter(check -> capped.contains(check.label()))
                .limit(MAX_CANDIDATES)
                .toList());
        findings.stream()
                .sorted(Comparator.comparingInt(check -> check.pointHalves() - check.maxPointHalves()))
                .limit(MAX_CANDIDATES)
                .forEach(chosen::add);
        return findings.stream().filter(chosen::contains).toList();
    }

    private static List<List<CheckResult>> combinations(List<CheckResult> candidates) {
        List<List<CheckResult>> plans = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size(); j++) {
                for (int k = j + 1; k < candidates.size(); k++) {
                    plans.add(List.of(candidates.get(i), candidates.get(j), candidates.get(k)));
                }
            }
        }
        return plans;
    }

    /** The scores that a plan leads to. A score under a cap does not show progress; the score before caps does. */
    private static final class PlanScore {
        private final List<CheckResult> plan;
        private final int score;
        private final int rawScore;

        PlanScore(Report report, Set<String> excused, List<CheckResult> plan) {
            this.plan = plan;
            Set<String> corrected = new HashSet<>(excused);
            plan.forEach(check -> corrected.add(check.label()));
            this.score = GateScore.of(report, corrected).score();
            this.rawScore = GateScore.rawScore(report, corrected, check -> true);
        }

        boolean isBetterThan(PlanScore other) {
            return score > other.score || (score == other.score && rawScore > other.rawScore);
        }
    }
}
