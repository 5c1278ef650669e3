package dev.websentry.engine.gate;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        PlanSearch search = new PlanSearch(report, excused);
        PlanScore best = search.score(List.of());
        int before = best.score();
        for (List<CheckResult> plan : combinations(candidates(report, findings))) {
            PlanScore score = search.score(plan);
            if (score.isBetterThan(best)) {
                best = score;
            }
        }
        return best.plan().isEmpty() ? Optional.empty() : Optional.of(new FixPlan(best.plan(), before, best.score()));
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

    /** Scores plans. What does not depend on a plan is calculated once, because there are thousands of plans. */
    private static final class PlanSearch {
        private final List<CategoryPoints> categories;
        private final Map<String, Integer> categoryOfCheck = new HashMap<>();
        private final List<ScoreCap> caps;

        PlanSearch(Report report, Set<String> excused) {
            categories = report.categories().stream()
                    .map(category -> CategoryPoints.of(category.category(), category.checks(), excused))
                    .toList();
            for (int i = 0; i < categories.size(); i++) {
                for (CheckResult check : report.categories().get(i).checks()) {
                    categoryOfCheck.put(check.label(), i);
                }
            }
            // A finding was checked, so that a plan does not change whether the report is complete.
            caps = GateScore.caps(report, excused, GateScore.isComplete(report, excused))
                    .toList();
        }

        PlanScore score(List<CheckResult> plan) {
            List<CategoryPoints> corrected = new ArrayList<>(categories);
            for (CheckResult check : plan) {
                int index = categoryOfCheck.getOrDefault(check.label(), 0);
                corrected.set(index, corrected.get(index).plus(check.maxPointHalves() - check.pointHalves()));
            }
            int rawScore = CategoryPoints.rawScore(corrected);
            int limit = caps.stream()
                    .filter(cap ->
                            plan.stream().noneMatch(check -> cap.checkId().equals(check.id())))
                    .mapToInt(ScoreCap::limit)
                    .min()
                    .orElse(100);
            return new PlanScore(plan, Math.min(rawScore, limit), rawScore);
        }
    }

    /** The scores that a plan leads to. A score under a cap does not show progress; the score before caps does. */
    private record PlanScore(List<CheckResult> plan, int score, int rawScore) {
        boolean isBetterThan(PlanScore other) {
            return score > other.score || (score == other.score && rawScore > other.rawScore);
        }
    }
}
