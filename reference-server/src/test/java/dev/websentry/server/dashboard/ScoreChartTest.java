package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreChartTest {
    @Test
    void pointsHaveEqualDistancesAndHigherScoresAreHigher() {
        ScoreChart chart = ScoreChart.of(List.of(scan("F", 0), scan("C", 50), scan("A+", 100)));
        assertEquals("44.0,196.0 372.0,105.0 700.0,14.0", chart.line());
        assertEquals(3, chart.dots().size());
        assertEquals("700.0", chart.dots().get(2).x());
        assertEquals("14.0", chart.rules().get(chart.rules().size() - 1).y());
    }

    @Test
    void aSingleScanIsCentered() {
        assertEquals("372.0,14.0", ScoreChart.of(List.of(scan("A+", 100))).line());
    }

    @Test
    void noScansGiveAnEmptyLine() {
        assertEquals("", ScoreChart.of(List.of()).line());
    }

    private static ScanListItem scan(String grade, int score) {
        return new ScanListItem(
                "id",
                "https://www.example.com",
                "www.example.com",
                grade,
                score,
                "good",
                "done",
                false,
                DisplayTime.of(Instant.parse("2026-03-01T12:00:00Z")));
    }
}
