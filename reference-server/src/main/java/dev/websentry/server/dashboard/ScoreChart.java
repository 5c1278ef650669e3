package dev.websentry.server.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An SVG line chart of the scores of a site, which needs no script. Scans are drawn at equal distances: on a time axis,
 * a week of daily scans after a year without scans would be a single dot.
 *
 * @param line the points of the line in the syntax of the SVG {@code points} attribute
 */
record ScoreChart(String line, List<ChartPoint> dots, List<GridLine> rules) {
    static final int WIDTH = 720;
    static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 24;
    private static final List<Integer> SCORES = List.of(0, 50, 80, 90, 100);

    /**
     * Creates the chart.
     *
     * @param scans completed scans, oldest first
     */
    static ScoreChart of(List<ScanListItem> scans) {
        List<ChartPoint> dots = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            ScanListItem scan = scans.get(i);
            int score = scan.score() == null ? 0 : scan.score();
            double share = scans.size() == 1 ? 0.5 : (double) i / (scans.size() - 1);
            dots.add(new ChartPoint(
                    number(LEFT + share * (WIDTH - LEFT - RIGHT)),
                    number(height(score)),
                    scan.created().text() + ": grade " + scan.grade() + ", score " + score));
        }
        String line = dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" "));
        List<GridLine> rules = SCORES.stream()
                .map(score -> new GridLine(number(height(score)), Integer.toString(score)))
                .toList();
        return new ScoreChart(line, dots, rules);
    }

    private static double height(int score) {
        return TOP + (100 - score) / 100.0 * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The point of one scan. */
    record ChartPoint(String x, String y, String title) {}

    /** A horizontal grid line, labeled with its score. */
    record GridLine(String y, String label) {}
}
