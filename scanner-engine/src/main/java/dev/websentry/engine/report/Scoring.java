package dev.websentry.engine.report;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
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
public final class Scoring {
    /** The cap of a report in which less than half of the applicable points was checked. */
    private static final int MOSTLY_UNCHECKED = Cap.F;

    private Scoring() {}

    /**
     * The scores of a scan.
     *
     * @param rawScore the score before caps, 0 to 100
     * @param score the raw score limited by the lowest cap
     * @param caps all caps, lowest first
     * @param complete whether every applicable check was checked
     */
    public record Scored(
            List<CategoryResult> categories, int rawScore, int score, List<ScoreCap> caps, boolean complete) {}

    /** Calculates category scores, caps and the total score of all evaluated checks of a scan. */
    public static Scored score(List<Judged> verdicts) {
        List<CategoryResult> categories = Arrays.stream(Category.values())
                .map(category -> category(
                        category,
                        verdicts.stream()
                                .filter(check -> check.definition().category() == category)
                                .toList()))
                .toList();
        int sum = categories.stream().mapToInt(CategoryResult::score).sum();
        int max = categories.stream().mapToInt(CategoryResult::maxScore).sum();
        int rawScore = max == 0 ? 0 : share(100, sum, max);
        List<ScoreCap> caps = caps(verdicts);
        int limit = caps.stream().mapToInt(ScoreCap::limit).min().orElse(100);
        return new Scored(categories, rawScore, Math.min(rawScore, limit), caps, isComplete(verdicts));
    }

    private static CategoryResult category(Category category, List<Judged> verdicts) {
        List<CheckResult> checks = verdicts.stream().map(Scoring::checkResult).toList();
        int earned = checks.stream().mapToInt(CheckResult::pointHalves).sum();
        int available = checks.stream().mapToInt(CheckResult::maxPointHalves).sum();
        if (available == 0) {
            return new CategoryResult(category.key(), category.title(), 0, 0, CategoryResult.NO_GRADE, checks);
        }
        int score = share(category.maxScore(), earned, available);
        String grade = Grade.ofScore(share(100, score, category.maxScore())).label();
        return new CategoryResult(category.key(), category.title(), score, category.maxScore(), grade, checks);
    }

    private static CheckResult checkResult(Judged check) {
        Outcome outcome = check.verdict().outcome();
        int points = check.definition().points();
        return new CheckResult(
                check.definition().id(),
                check.definition().name(),
                outcome.status(),
                Optional.of(outcome),
                check.verdict().value(),
                check.definition().description(),
                outcome.earnedHalves(points),
                outcome.availableHalves(points),
                check.verdict().evidence(),
                outcome.isFinding() ? check.remediation() : Remediation.of(""),
                check.definition().references());
    }

    private static List<ScoreCap> caps(List<Judged> verdicts) {
        List<ScoreCap> caps = new ArrayList<>();
        for (Judged check : verdicts) {
            check.verdict()
                    .caps()
                    .forEach(cap -> caps.add(
                            new ScoreCap(cap.limit(), check.definition().id(), cap.reason())));
        }
        if (!isComplete(verdicts)) {
            int unchecked = points(verdicts, Outcome.NOT_CHECKED);
            int applicable =
                    verdicts.stream().mapToInt(j -> j.definition().points()).sum()
                            - points(verdicts, Outcome.NOT_APPLICABLE);
            boolean mostlyUnchecked = 2 * (applicable - unchecked) < applicable;
            caps.add(new ScoreCap(
                    mostlyUnchecked ? MOSTLY_UNCHECKED : Cap.A,
                    "",
                    "the scan is incomplete: " + unchecked + " of " + applicable + " applicable points not checked"));
        }
        caps.sort(Comparator.comparingInt(ScoreCap::limit));
        return caps;
    }

    private static boolean isComplete(List<Judged> verdicts) {
        return verdicts.stream().noneMatch(check -> check.verdict().outcome() == Outcome.NOT_CHECKED);
    }

    private static int points(List<Judged> verdicts, Outcome outcome) {
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
    public static int share(int whole, int part, int of) {
        return (2 * whole * part + of) / (2 * of);
    }
}
