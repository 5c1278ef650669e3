package dev.websentry.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringTest {
    private static final Outcome[] SCORED = {
        Outcome.PASS,
        Outcome.WARN,
        Outcome.FAIL,
        Outcome.NOTHING_TO_PROTECT,
        Outcome.NOT_APPLICABLE,
        Outcome.NOT_CHECKED
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
    void outcomeDeterminesEarnedPoints(Outcome outcome, double points, double maxPoints, String status) {
        CheckResult result = Scoring.score(List.of(evaluated("dns.spf", Category.DNS, 3, outcome)))
                .categories()
                .get(Category.DNS.ordinal())
                .checks()
                .get(0);
        assertEquals(points, result.points());
        assertEquals(maxPoints, result.maxPoints());
        assertEquals(status, result.status());
    }

    @Test
    void categoryScoreIsTheRoundedShareOfAvailablePoints() {
        // 3 + 0 of 3 + 2 earned: 10 * 3 / 5 = 6. With a half: 10 * 1.5 / 5 = 3. And 10 * 3 / 8 = 3.75, rounded 4.
        assertEquals(6, dns(Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.FAIL));
        assertEquals(3, dns(Outcome.WARN, Outcome.NOT_APPLICABLE, Outcome.FAIL));
        assertEquals(4, dns(Outcome.FAIL, Outcome.PASS, Outcome.FAIL));
    }

    @Test
    void halfPointsAreRoundedUp() {
        // 9 of 10 half points of a category of 25 points are 22.5.
        List<Judged> verdicts = List.of(
                evaluated("headers.one", Category.HEADERS, 4, Outcome.PASS),
                evaluated("headers.two", Category.HEADERS, 1, Outcome.WARN));
        assertEquals(23, category(verdicts, Category.HEADERS).score());
    }

    @Test
    void categoryWithoutAvailablePointsHasNoGradeAndDoesNotCount() {
        List<Judged> verdicts = List.of(
                evaluated("dns.spf", Category.DNS, 10, Outcome.NOT_APPLICABLE),
                evaluated("ssl.https", Category.SSL, 30, Outcome.PASS));
        CategoryResult dns = category(verdicts, Category.DNS);
        assertEquals(0, dns.maxScore());
        assertEquals("N/A", dns.grade());
        assertEquals(100, Scoring.score(verdicts).score());
    }

    @Test
    void lowestCapLimitsTheScoreButNotTheRawScore() {
        Judged capped = new Judged(
                definition("ssl.https", Category.SSL, 30),
                Verdict.pass("").cap(Cap.A, "old").cap(Cap.B, "older"));
        Scoring.Scored scored = Scoring.score(List.of(capped));
        assertEquals(100, scored.rawScore());
        assertEquals(79, scored.score());
        assertEquals(
                List.of(79, 89), scored.caps().stream().map(ScoreCap::limit).toList());
    }

    @ParameterizedTest
    @CsvSource({"PASS, 100, true", "NOT_CHECKED, 89, false"})
    void incompleteReportIsCappedAtA(Outcome outcome, int score, boolean complete) {
        Scoring.Scored scored = Scoring.score(List.of(
                evaluated("ssl.https", Category.SSL, 30, Outcome.PASS), evaluated("dns.spf", Category.DNS, 10, outcome)));
        assertEquals(score, scored.score());
        assertEquals(complete, scored.complete());
    }

    @Test
    void mostlyUncheckedReportIsCappedAtF() {
        Scoring.Scored scored = Scoring.score(List.of(
                evaluated("ssl.https", Category.SSL, 30, Outcome.NOT_CHECKED),
                evaluated("dns.spf", Category.DNS, 10, Outcome.PASS),
                evaluated("headers.csp", Category.HEADERS, 25, Outcome.NOT_APPLICABLE)));
        assertEquals(49, scored.score());
        assertFalse(scored.complete());
    }

    @Test
    void halfCheckedReportIsCappedAtA() {
        Scoring.Scored scored = Scoring.score(List.of(
                evaluated("cookies.secure", Category.COOKIES, 10, Outcome.NOT_CHECKED),
                evaluated("dns.spf", Category.DNS, 10, Outcome.PASS)));
        assertEquals(89, scored.score());
    }

    @Test
    void worseOutcomeNeverRaisesTheScore() {
        Random random = new Random(7);
        Outcome[] order = {Outcome.PASS, Outcome.WARN, Outcome.FAIL};
        for (int round = 0; round < 2_000; round++) {
            List<Judged> verdicts = randomVerdicts(random);
            int index = random.nextInt(verdicts.size());
            Definition definition = verdicts.get(index).definition();
            int last = 101;
            for (Outcome outcome : order) {
                verdicts.set(index, new Judged(definition, Verdict.of(outcome, "")));
                int score = Scoring.score(verdicts).score();
                assertTrue(score <= last, () -> definition.id() + " " + outcome + " raised the score of " + verdicts);
                last = score;
            }
        }
    }

    private static List<Judged> randomVerdicts(Random random) {
        List<Judged> verdicts = new ArrayList<>();
        for (Category category : Category.values()) {
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

    private static int dns(Outcome spf, Outcome dmarc, Outcome dkim) {
        return category(
                        List.of(
                                evaluated("dns.spf", Category.DNS, 3, spf),
                                evaluated("dns.dmarc", Category.DNS, 3, dmarc),
                                evaluated("dns.dkim", Category.DNS, 2, dkim)),
                        Category.DNS)
                .score();
    }

    private static CategoryResult category(List<Judged> verdicts, Category category) {
        return Scoring.score(verdicts).categories().get(category.ordinal());
    }

    private static Judged evaluated(String id, Category category, int points, Outcome outcome) {
        return new Judged(definition(id, category, points), Verdict.of(outcome, ""));
    }

    private static Definition definition(String id, Category category, int points) {
        return Definition.of(id, id, category, points).build();
    }
}
