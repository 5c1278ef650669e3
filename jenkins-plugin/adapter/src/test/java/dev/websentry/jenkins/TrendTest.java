package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scores over builds. */
class TrendTest {
    @Test
    void everySiteHasALineWithGaps() {
        Trend trend = Trend.of(List.of(
                new Trend.Point(7, "#7", Map.of("a", 90, "b", 50)),
                new Trend.Point(5, "#5", Map.of("b", 40)),
                new Trend.Point(4, "#4", Map.of("a", 80))));

        assertEquals(List.of(4, 5, 7), trend.numbers());
        assertEquals(List.of("#4", "#5", "#7"), trend.labels());
        assertEquals(Arrays.asList(80.0, null, 90.0), trend.lines().get("a"));
        assertEquals(Arrays.asList(null, 40.0, 50.0), trend.lines().get("b"));
    }

    @Test
    void noBuildsAreNoLines() {
        assertTrue(Trend.of(List.of()).lines().isEmpty());
    }
}
