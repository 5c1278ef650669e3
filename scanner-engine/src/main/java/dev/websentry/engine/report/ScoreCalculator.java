package dev.websentry.engine.report;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.Remediation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Calculates scores from check results. Uses integer arithmetic only, so that the same results give the same score on
 * every machine.
 */
public final class ScoreCalculator {
    /** The cap of a report in which less than half of the applicable points was checked. */
    private static final int MOSTLY_UNCHECKED = CheckScoreCap.MAX_FOR_GRADE_F;

    private ScoreCalculator() {}

    /**
     * The scores of a scan.
     *
     * @param rawScore the score before caps, 0 to 100
     * @param score the raw score limited by the lowest cap
     * @param caps all caps, lowest first
     * @param complete whether every applicable check was checked
     */
    public record ScoringResult(
            List<CategoryResult> categories, int rawScore, int score, List<ScoreCap> caps, boolean complete) {}

    /** Calculates category scores, caps and the total score of all evaluated checks of a scan. */
    public static ScoringResult calculate(List<EvaluatedCheck> verdicts) {
        List<CategoryResult> categories = Arrays.stream(CheckCategory.values())
                .map(category -> category(
                        category,
                        verdicts.stream()
                                .filter(check -> check.definition().category() == category)
                                .toList()))
                .toList();
        int sum = categories.stream().mapToInt(CategoryResult::score).sum();
        int max = categories.stream().mapToInt(CategoryResult::maxScore).sum();
        int rawScore = max == 0 ? 0 : proportion(100, sum, max);
        List<ScoreCap> caps = caps(verdicts);
        int limit = caps.stream().mapToInt(ScoreCap::limit).min().orElse(100);
        return new ScoringResult(categories, rawScore, Math.min(rawScore, limit), caps, isComplete(verdicts));
    }

    private static CategoryResult category(CheckCategory category, List<EvaluatedCheck> verdicts) {
        List<CheckResult> checks =
                verdicts.stream().map(ScoreCalculator::checkResult).toList();
        int earned = checks.stream().mapToInt(CheckResult::pointHalves).sum();
        int available = checks.stream().mapToInt(CheckResult::maxPointHalves).sum();
        if (available == 0) {
            return new CategoryResult(category, 0, 0, Optional.empty(), checks);
        }
        int score = proportion(category.maxScore(), earned, available);
        Grade grade = Grade.ofScore(proportion(100, score, category.maxScore()));
        return new CategoryResult(category, score, category.maxScore(), Optional.of(grade), checks);
    }

    private static CheckResult checkResult(EvaluatedCheck check) {
        CheckOutcome outcome = check.verdict().outcome();
        int points = check.definition().points();
        return new CheckResult(
                Optional.of(check.definition().id()),
                check.definition().name(),
                outcome,
                check.verdict().value(),
                check.definition().description(),
                outcome.earnedHalfPoints(points),
                outcome.availableHalfPoints(points),
                check.verdict().evidence(),
                outcome.isFinding() ? check.remediation() : Remediation.of(""),
                check.definition().references());
    }

    private static List<ScoreCap> caps(List<EvaluatedCheck> verdicts) {
        List<ScoreCap> caps = new ArrayList<>();
        for (EvaluatedCheck check : verdicts) {
            check.verdict()
                    .caps()
                    .forEach(cap -> caps.add(new ScoreCap(
                            cap.limit(), Optional.of(check.definition().id()), cap.reason())));
        }
        if (!isComplete(verdicts)) {
            int unchecked = points(verdicts, CheckOutcome.NOT_CHECKED);
            int applicable =
                    verdicts.stream().mapToInt(j -> j.definition().points()).sum()
                            - points(verdicts, CheckOutcome.NOT_APPLICABLE);
            boolean mostlyUnchecked = 2 * (applicable - unchecked) < applicable;
            caps.add(new ScoreCap(
                    mostlyUnchecked ? MOSTLY_UNCHECKED : CheckScoreCap.MAX_FOR_GRADE_A,
                    Optional.empty(),
                    "the scan is incomplete: " + unchecked + " of " + applicable + " applicable points not checked"));
        }
        caps.sort(Comparator.comparingInt(ScoreCap::limit));
        return caps;
    }

    private static boolean isComplete(List<EvaluatedCheck> verdicts) {
        return verdicts.stream().noneMatch(check -> check.verdict().outcome() == CheckOutcome.NOT_CHECKED);
    }

    private static int points(List<EvaluatedCheck> verdicts, CheckOutcome outcome) {
        return verdicts.stream()
                .filter(check -> check.verdict().outcome() == outcome)
                .mapToInt(check -> check.definition().points())
                .sum();
    }

    /**
     * Returns {@code whole * part / of}, rounded half up.
     *
     * @param of must not be 0
     */
    public static int proportion(int whole, int part, int of) {
        return (2 * whole * part + of) / (2 * of);
    }
}
