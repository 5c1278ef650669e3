package dev.websentry.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreCalculatorTest {
    private static final CheckOutcome[] SCORED = {
        CheckOutcome.PASS,
        CheckOutcome.WARN,
        CheckOutcome.FAIL,
        CheckOutcome.NOTHING_TO_PROTECT,
        CheckOutcome.NOT_APPLICABLE,
        CheckOutcome.NOT_CHECKED
    };

    @ParameterizedTest
    @CsvSource({
        "PASS, 3, 3, pass",
        "WARN, 1.5, 3, warn",
        "FAIL, 0, 3, fail",
        "NOTHING_TO_PROTECT, 3, 3, info",
        "NOT_APPLICABLE, 0, 0, info",
        "NOT_CHECKED, 0, 0, info",
    })
    void outcomeDeterminesEarnedPoints(CheckOutcome outcome, double points, double maxPoints, String status) {
        CheckResult result = ScoreCalculator.calculate(List.of(evaluated("dns.spf", CheckCategory.DNS, 3, outcome)))
                .categories()
                .get(CheckCategory.DNS.ordinal())
                .checks()
                .get(0);
        assertEquals(points, result.points());
        assertEquals(maxPoints, result.maxPoints());
        assertEquals(status, result.status().label());
    }

    @Test
    void categoryScoreIsTheRoundedShareOfAvailablePoints() {
        // 3 + 0 of 3 + 2 earned: 10 * 3 / 5 = 6. With a half: 10 * 1.5 / 5 = 3. And 10 * 3 / 8 = 3.75, rounded 4.
        assertEquals(6, dns(CheckOutcome.PASS, CheckOutcome.NOT_APPLICABLE, CheckOutcome.FAIL));
        assertEquals(3, dns(CheckOutcome.WARN, CheckOutcome.NOT_APPLICABLE, CheckOutcome.FAIL));
        assertEquals(4, dns(CheckOutcome.FAIL, CheckOutcome.PASS, CheckOutcome.FAIL));
    }

    @Test
    void halfPointsAreRoundedUp() {
        // 9 of 10 half points of a category of 25 points are 22.5.
        List<EvaluatedCheck> verdicts = List.of(
                evaluated("headers.one", CheckCategory.HEADERS, 4, CheckOutcome.PASS),
                evaluated("headers.two", CheckCategory.HEADERS, 1, CheckOutcome.WARN));
        assertEquals(23, category(verdicts, CheckCategory.HEADERS).score());
    }

    @Test
    void categoryWithoutAvailablePointsHasNoGradeAndDoesNotCount() {
        List<EvaluatedCheck> verdicts = List.of(
                evaluated("dns.spf", CheckCategory.DNS, 10, CheckOutcome.NOT_APPLICABLE),
                evaluated("ssl.https", CheckCategory.SSL, 30, CheckOutcome.PASS));
        CategoryResult dns = category(verdicts, CheckCategory.DNS);
        assertEquals(0, dns.maxScore());
        assertEquals("N/A", dns.gradeLabel());
        assertEquals(100, ScoreCalculator.calculate(verdicts).score());
    }

    @Test
    void lowestCapLimitsTheScoreButNotTheRawScore() {
        EvaluatedCheck capped = new EvaluatedCheck(
                definition("ssl.https", CheckCategory.SSL, 30),
                CheckVerdict.pass("")
                        .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_A, "old")
                        .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_B, "older"));
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(List.of(capped));
        assertEquals(100, scored.rawScore());
        assertEquals(79, scored.score());
        assertEquals(
                List.of(79, 89), scored.caps().stream().map(ScoreCap::limit).toList());
    }

    @ParameterizedTest
    @CsvSource({"PASS, 100, true", "NOT_CHECKED, 89, false"})
    void incompleteReportIsCappedAtA(CheckOutcome outcome, int score, boolean complete) {
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(List.of(
                evaluated("ssl.https", CheckCategory.SSL, 30, CheckOutcome.PASS),
                evaluated("dns.spf", CheckCategory.DNS, 10, outcome)));
        assertEquals(score, scored.score());
        assertEquals(complete, scored.complete());
    }

    @Test
    void mostlyUncheckedReportIsCappedAtF() {
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(List.of(
                evaluated("ssl.https", CheckCategory.SSL, 30, CheckOutcome.NOT_CHECKED),
                evaluated("dns.spf", CheckCategory.DNS, 10, CheckOutcome.PASS),
                evaluated("headers.csp", CheckCategory.HEADERS, 25, CheckOutcome.NOT_APPLICABLE)));
        assertEquals(49, scored.score());
        assertFalse(scored.complete());
    }

    @Test
    void halfCheckedReportIsCappedAtA() {
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(List.of(
                evaluated("cookies.secure", CheckCategory.COOKIES, 10, CheckOutcome.NOT_CHECKED),
                evaluated("dns.spf", CheckCategory.DNS, 10, CheckOutcome.PASS)));
        assertEquals(89, scored.score());
    }

    @Test
    void worseOutcomeNeverRaisesTheScore() {
        Random random = new Random(7);
        CheckOutcome[] order = {CheckOutcome.PASS, CheckOutcome.WARN, CheckOutcome.FAIL};
        for (int round = 0; round < 2_000; round++) {
            List<EvaluatedCheck> verdicts = randomVerdicts(random);
            int index = random.nextInt(verdicts.size());
            CheckDefinition definition = verdicts.get(index).definition();
            int last = 101;
            for (CheckOutcome outcome : order) {
                verdicts.set(index, new EvaluatedCheck(definition, CheckVerdict.of(outcome, "")));
                int score = ScoreCalculator.calculate(verdicts).score();
                assertTrue(score <= last, () -> definition.id() + " " + outcome + " raised the score of " + verdicts);
                last = score;
            }
        }
    }

    private static List<EvaluatedCheck> randomVerdicts(Random random) {
        List<EvaluatedCheck> verdicts = new ArrayList<>();
        for (CheckCategory category : CheckCategory.values()) {
            int left = category.maxScore();
            for (int number = 0; left > 0; number++) {
                int points = Math.min(left, 1 + random.nextInt(9));
                left -= points;
                verdicts.add(evaluated(
                        category.key() + ".c" + number, category, points, SCORED[random.nextInt(SCORED.length)]));
            }
        }
        return verdicts;
    }

    private static int dns(CheckOutcome spf, CheckOutcome dmarc, CheckOutcome dkim) {
        return category(
                        List.of(
                                evaluated("dns.spf", CheckCategory.DNS, 3, spf),
                                evaluated("dns.dmarc", CheckCategory.DNS, 3, dmarc),
                                evaluated("dns.dkim", CheckCategory.DNS, 2, dkim)),
                        CheckCategory.DNS)
                .score();
    }

    private static CategoryResult category(List<EvaluatedCheck> verdicts, CheckCategory category) {
        return ScoreCalculator.calculate(verdicts).categories().get(category.ordinal());
    }

    private static EvaluatedCheck evaluated(String id, CheckCategory category, int points, CheckOutcome outcome) {
        return new EvaluatedCheck(definition(id, category, points), CheckVerdict.of(outcome, ""));
    }

    private static CheckDefinition definition(String id, CheckCategory category, int points) {
        return CheckDefinition.scored(id, id, category, points).build();
    }
}
