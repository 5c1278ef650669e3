package dev.websentry.jenkins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores over builds: a line for each site, with a gap where a build did not scan it.
 *
 * @param numbers the builds, oldest first
 * @param labels their names, in the same order
 * @param lines per URL one score a build; null for a gap
 */
public record Trend(List<Integer> numbers, List<String> labels, Map<String, List<@Nullable Double>> lines) {
    /**
     * One build's scores as they were persisted.
     *
     * @param scores per URL
     */
    public record Point(int number, String label, Map<String, Integer> scores) {}

    /** @param newestFirst as Jenkins walks its builds */
    public static Trend of(List<Point> newestFirst) {
        List<Point> points = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(points);
        Map<String, List<@Nullable Double>> lines = new LinkedHashMap<>();
        points.forEach(point -> point.scores().keySet().forEach(url -> lines.putIfAbsent(url, new ArrayList<>())));
        for (Point point : points) {
            lines.forEach((url, line) -> {
                Integer score = point.scores().get(url);
                line.add(score == null ? null : Double.valueOf(score));
            });
        }
        return new Trend(
                points.stream().map(Point::number).toList(),
                points.stream().map(Point::label).toList(),
                lines);
    }
}
