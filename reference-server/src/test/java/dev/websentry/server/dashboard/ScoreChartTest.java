package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreChartTest {
    @Test
    void pointsHaveEqualDistancesAndHigherScoresAreHigher() {
        ScoreChart chart = ScoreChart.of(List.of(scan("F", 0), scan("C", 50), scan("A+", 100)));
        assertEquals("44.0,270.0 360.0,142.0 676.0,14.0", chart.line());
        assertEquals(3, chart.dots().size());
        assertEquals("676.0", chart.dots().get(2).x());
    }

    @Test
    void aSingleScanIsCentered() {
        assertEquals("360.0,14.0", ScoreChart.of(List.of(scan("A+", 100))).line());
    }

    @Test
    void noScansGiveAnEmptyLine() {
        assertEquals("", ScoreChart.of(List.of()).line());
    }

    @Test
    void bandsOfTheGradesCoverAllScores() {
        ScoreChart chart = ScoreChart.of(List.of());
        assertEquals(
                List.of("A+", "A", "B", "C", "D", "F"),
                chart.bands().stream().map(ScoreChart.GradeBand::grade).toList());
        assertEquals("14.0", chart.bands().get(0).y());
        for (int i = 1; i < chart.bands().size(); i++) {
            assertEquals(chart.bands().get(i - 1).bottom(), chart.bands().get(i).y());
        }
        assertEquals("270.0", chart.bands().get(5).bottom());
        assertEquals("0", chart.bands().get(5).minScore());
        assertTrue(chart.dates().isEmpty());
    }

    @Test
    void axisShowsTheFirstTheLastAndSomeDatesBetween() {
        List<ScanListItem> year = IntStream.range(0, 365)
                .mapToObj(day ->
                        scan("A", 80, Instant.parse("2026-01-01T06:00:00Z").plus(Duration.ofDays(day))))
                .toList();
        List<ScoreChart.DateLabel> dates = ScoreChart.of(year).dates();
        assertEquals(6, dates.size());
        assertEquals(new ScoreChart.DateLabel("44.0", "2026-01-01", "start"), dates.get(0));
        assertEquals(new ScoreChart.DateLabel("676.0", "2026-12-31", "end"), dates.get(5));
    }

    @Test
    void scansOfOneDayAreLabeledWithTheirTimes() {
        Instant morning = Instant.parse("2026-01-01T06:00:00Z");
        List<ScoreChart.DateLabel> dates = ScoreChart.of(
                        List.of(scan("A", 80, morning), scan("B", 70, morning.plusSeconds(3700))))
                .dates();
        assertEquals(
                List.of("2026-01-01 06:00", "07:01"),
                dates.stream().map(ScoreChart.DateLabel::text).toList());
        assertEquals(
                "2026-01-01 06:00",
                ScoreChart.of(List.of(scan("A", 80, morning))).dates().get(0).text());
    }

    private static ScanListItem scan(String grade, int score) {
        return scan(grade, score, Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static ScanListItem scan(String grade, int score, Instant time) {
        return new ScanListItem(
                "id",
                "https://www.example.com",
                "www.example.com",
                grade,
                score,
                "good",
                "done",
                false,
                DisplayTime.of(time));
    }
}
