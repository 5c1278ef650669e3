package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.Scoring;
import dev.websentry.engine.report.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void checksAreGroupedIntoWorseBetterAndUnchanged() {
        Comparison comparison = Comparison.of(
                report(Map.of("dns.a", Outcome.PASS, "ssl.b", Outcome.FAIL, "cookies.c", Outcome.WARN)),
                report(Map.of("dns.a", Outcome.WARN, "ssl.b", Outcome.WARN, "cookies.c", Outcome.WARN)));
        assertEquals(List.of("dns.a"), ids(comparison.worse()));
        assertEquals(List.of("ssl.b"), ids(comparison.better()));
        assertEquals(List.of(), ids(comparison.added()));
        assertEquals(List.of(), ids(comparison.removed()));
        assertEquals(1, comparison.unchanged());
    }

    @Test
    void notCheckedIsNeitherBetterNorWorse() {
        Comparison comparison = Comparison.of(
                report(Map.of("dns.a", Outcome.NOT_CHECKED, "ssl.b", Outcome.FAIL)),
                report(Map.of("dns.a", Outcome.FAIL, "ssl.b", Outcome.NOT_CHECKED)));
        assertEquals(List.of(), ids(comparison.worse()));
        assertEquals(List.of(), ids(comparison.better()));
        assertEquals(List.of("dns.a"), ids(comparison.added()));
        assertEquals(List.of("ssl.b"), ids(comparison.removed()));
        assertEquals(0, comparison.unchanged());
    }

    @Test
    void checksOfOnlyOneReportAreAddedOrRemoved() {
        Comparison comparison = Comparison.of(
                report(Map.of("dns.a", Outcome.PASS, "ssl.old", Outcome.PASS)),
                report(Map.of("dns.a", Outcome.PASS, "ssl.new", Outcome.FAIL)));
        assertEquals(List.of("ssl.new"), ids(comparison.added()));
        assertEquals(List.of("ssl.old"), ids(comparison.removed()));
        assertEquals(1, comparison.unchanged());
    }

    private static List<String> ids(List<Comparison.Line> lines) {
        return lines.stream().map(Comparison.Line::id).toList();
    }

    private static Report report(Map<String, Outcome> outcomes) {
        List<Judged> judged = new TreeMap<>(outcomes)
                .entrySet().stream()
                        .map(entry -> new Judged(
                                definition(entry.getKey()),
                                Verdict.of(
                                        entry.getValue(),
                                        entry.getValue() == Outcome.NOT_CHECKED
                                                ? "Not checked: no answer"
                                                : "observed")))
                        .toList();
        Scoring.Scored scored = Scoring.score(judged);
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
                Optional.of(Versions.current()));
    }

    private static Definition definition(String id) {
        Category category = switch (id.substring(0, id.indexOf('.'))) {
            case "dns" -> Category.DNS;
            case "ssl" -> Category.SSL;
            default -> Category.COOKIES;
        };
        return Definition.of(id, id, category, category.maxScore()).build();
    }
}
