package dev.websentry.jenkins;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of the chart of scores: a line for each site, with a gap where a build did not scan it.
 *
 * @param numbers the build numbers, oldest first
 * @param labels the display names of the builds, in the same order
 * @param lines the scores by URL, one for each build; null for a gap
 */
public record TrendChart(List<Integer> numbers, List<String> labels, Map<String, List<@Nullable Double>> lines) {
    /**
     * The stored scores of one build.
     *
     * @param scores the scores by URL
     */
    public record BuildScores(int number, String label, Map<String, Integer> scores) {}

    /** Creates the data from the scores of builds, newest first as Jenkins returns builds. */
    public static TrendChart of(List<BuildScores> newestFirst) {
        List<BuildScores> points = new ArrayList<>(newestFirst);
        Collections.reverse(points);
        Map<String, List<@Nullable Double>> lines = new LinkedHashMap<>();
        points.forEach(point -> point.scores().keySet().forEach(url -> lines.putIfAbsent(url, new ArrayList<>())));
        for (BuildScores point : points) {
            lines.forEach((url, line) -> {
                Integer score = point.scores().get(url);
                line.add(score == null ? null : Double.valueOf(score));
            });
        }
        return new TrendChart(
                points.stream().map(BuildScores::number).toList(),
                points.stream().map(BuildScores::label).toList(),
                lines);
    }
}
