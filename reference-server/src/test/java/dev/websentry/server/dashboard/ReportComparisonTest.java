package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.report.ScoreCalculator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportComparisonTest {
    @Test
    void checksAreGroupedIntoWorseBetterAndUnchanged() {
        ReportComparison comparison = ReportComparison.of(
                report(Map.of("dns.a", CheckOutcome.PASS, "ssl.b", CheckOutcome.FAIL, "cookies.c", CheckOutcome.WARN)),
                report(Map.of("dns.a", CheckOutcome.WARN, "ssl.b", CheckOutcome.WARN, "cookies.c", CheckOutcome.WARN)));
        assertEquals(List.of("dns.a"), ids(comparison.worse()));
        assertEquals(List.of("ssl.b"), ids(comparison.better()));
        assertEquals(List.of(), ids(comparison.added()));
        assertEquals(List.of(), ids(comparison.removed()));
        assertEquals(1, comparison.unchanged());
    }

    @Test
    void notCheckedIsNeitherBetterNorWorse() {
        ReportComparison comparison = ReportComparison.of(
                report(Map.of("dns.a", CheckOutcome.NOT_CHECKED, "ssl.b", CheckOutcome.FAIL)),
                report(Map.of("dns.a", CheckOutcome.FAIL, "ssl.b", CheckOutcome.NOT_CHECKED)));
        assertEquals(List.of(), ids(comparison.worse()));
        assertEquals(List.of(), ids(comparison.better()));
        assertEquals(List.of("dns.a"), ids(comparison.added()));
        assertEquals(List.of("ssl.b"), ids(comparison.removed()));
        assertEquals(0, comparison.unchanged());
    }

    @Test
    void checksOfOnlyOneReportAreAddedOrRemoved() {
        ReportComparison comparison = ReportComparison.of(
                report(Map.of("dns.a", CheckOutcome.PASS, "ssl.old", CheckOutcome.PASS)),
                report(Map.of("dns.a", CheckOutcome.PASS, "ssl.new", CheckOutcome.FAIL)));
        assertEquals(List.of("ssl.new"), ids(comparison.added()));
        assertEquals(List.of("ssl.old"), ids(comparison.removed()));
        assertEquals(1, comparison.unchanged());
    }

    private static List<String> ids(List<ReportComparison.CheckChange> lines) {
        return lines.stream().map(ReportComparison.CheckChange::id).toList();
    }

    private static Report report(Map<String, CheckOutcome> outcomes) {
        List<EvaluatedCheck> judged = new TreeMap<>(outcomes)
                .entrySet().stream()
                        .map(entry -> new EvaluatedCheck(
                                definition(entry.getKey()),
                                CheckVerdict.of(
                                        entry.getValue(),
                                        entry.getValue() == CheckOutcome.NOT_CHECKED
                                                ? "Not checked: no answer"
                                                : "observed")))
                        .toList();
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(judged);
        return new Report(
                "0123456789abcdef0123456789abcdef",
                "https://www.example.com",
                Instant.parse("2026-03-01T12:00:00Z"),
                Duration.ofMillis(100),
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                Optional.empty(),
                Optional.of(ReportVersions.current()));
    }

    private static CheckDefinition definition(String id) {
        CheckCategory category = switch (id.substring(0, id.indexOf('.'))) {
            case "dns" -> CheckCategory.DNS;
            case "ssl" -> CheckCategory.SSL;
            default -> CheckCategory.COOKIES;
        };
        return CheckDefinition.scored(id, id, category, category.maxScore()).build();
    }
}
