package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The data of the chart of scores. */
class TrendChartTest {
    @Test
    void everySiteHasALineWithGaps() {
        TrendChart trend = TrendChart.of(List.of(
                new TrendChart.BuildScores(7, "#7", Map.of("a", 90, "b", 50)),
                new TrendChart.BuildScores(5, "#5", Map.of("b", 40)),
                new TrendChart.BuildScores(4, "#4", Map.of("a", 80))));

        assertEquals(List.of(4, 5, 7), trend.numbers());
        assertEquals(List.of("#4", "#5", "#7"), trend.labels());
        assertEquals(Arrays.asList(80.0, null, 90.0), trend.lines().get("a"));
        assertEquals(Arrays.asList(null, 40.0, 50.0), trend.lines().get("b"));
    }

    @Test
    void withoutBuildsThereAreNoLines() {
        assertTrue(TrendChart.of(List.of()).lines().isEmpty());
    }
}
