package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An SVG line chart of the scores of a site over the bands of the grades, which needs no script. Scans are drawn at
 * equal distances: on a time axis, a week of daily scans after a year without scans would be a single dot. The axis
 * shows the dates of some of them. Dashed lines mark where certificates have expired, and beyond the last scan the end
 * of the current certificate.
 *
 * @param line the points of the line in the syntax of the SVG {@code points} attribute
 * @param bands one for each grade, best first
 * @param dates labels of the axis, oldest first
 * @param expiries ends of certificates, oldest first
 */
record ScoreChart(
        String line, List<ChartPoint> dots, List<GradeBand> bands, List<DateLabel> dates, List<ExpiryMarker> expiries) {
    static final int WIDTH = 720;
    static final int HEIGHT = 330;
    private static final int LEFT = 44;
    private static final int RIGHT = 44;
    private static final int TOP = 14;
    private static final int BOTTOM = 60;

    /** The width of the label of an expiry. */
    private static final int LABEL_WIDTH = 210;

    /** The width after the last scan for the end of its certificate. */
    private static final int FUTURE = 90;

    private static final int MAX_SCORE = 100;
    private static final int MAX_DATES = 6;

    /** Length of a date such as 2026-03-01 at the beginning of a displayed time, and of the time after it. */
    private static final int DATE_LENGTH = 10;

    private static final int TIME_END = 16;

    /**
     * Creates the chart.
     *
     * @param scans completed scans, oldest first
     * @param certificates the end of the certificate by the id of the scan
     * @param current whether the last scan is the latest one of the site, so that its certificate is the current one
     */
    static ScoreChart of(List<ScanListItem> scans, Map<String, CertificateEnd> certificates, boolean current) {
        List<CertificateExpiry> ends = CertificateExpiry.of(scans, certificates, current);
        boolean future = ends.stream().anyMatch(CertificateExpiry::isUpcoming);
        double width = WIDTH - LEFT - RIGHT - (future ? FUTURE : 0);
        List<ChartPoint> dots = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            ScanListItem scan = scans.get(i);
            int score = scan.score() == null ? 0 : scan.score();
            dots.add(new ChartPoint(
                    number(x(i, scans.size(), width)),
                    number(height(score)),
                    scan.created().text() + ": grade " + scan.grade() + ", score " + score));
        }
        String line = dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" "));
        List<ExpiryMarker> expiries = new ArrayList<>();
        double free = WIDTH;
        for (int i = ends.size() - 1; i >= 0; i--) {
            CertificateExpiry end = ends.get(i);
            double x = end.isUpcoming() ? WIDTH - RIGHT : x(end.position(), scans.size(), width);
            ExpiryMarker marker = marker(end, x, free);
            free = marker.isLabeled() ? marker.labelStart() : free;
            expiries.add(0, marker);
        }
        int maxDates = future ? MAX_DATES - 1 : MAX_DATES;
        return new ScoreChart(line, dots, allBands(), dates(scans, width, maxDates), expiries);
    }

    private static double x(double index, int count, double width) {
        double share = count == 1 ? 0.5 : index / (count - 1);
        return LEFT + share * width;
    }

    /**
     * Places the label at the side of the line that has more space.
     *
     * @param free where the label of the next marker begins
     */
    private static ExpiryMarker marker(CertificateExpiry end, double x, double free) {
        String anchor = x > WIDTH * 0.7 ? "end" : x < WIDTH * 0.3 ? "start" : "middle";
        double start = x - (anchor.equals("end") ? LABEL_WIDTH : anchor.equals("middle") ? LABEL_WIDTH / 2.0 : 0);
        return new ExpiryMarker(number(x), end.text(), anchor, end.tone(), start, start + LABEL_WIDTH <= free);
    }

    /** Returns the ends of certificates as sentences for screen readers, which do not read the parts of an image. */
    public String expiryText() {
        return expiries.stream().map(end -> "; " + end.text()).collect(Collectors.joining());
    }

    private static double height(int score) {
        return TOP + (MAX_SCORE - score) / (double) MAX_SCORE * (HEIGHT - TOP - BOTTOM);
    }

    private static List<GradeBand> allBands() {
        List<GradeBand> bands = new ArrayList<>();
        int upper = MAX_SCORE;
        for (Grade grade : Grade.values()) {
            double top = height(upper);
            double bottom = height(grade.minScore());
            bands.add(new GradeBand(
                    grade.label(),
                    ReportColor.ofGradeLabel(grade.label()).cssClass(),
                    Integer.toString(grade.minScore()),
                    number(top),
                    number(bottom - top),
                    number((top + bottom) / 2)));
            upper = grade.minScore();
        }
        return bands;
    }

    /** Selects scans at equal distances, always the first and the last one. Within one day, labels have times. */
    private static List<DateLabel> dates(List<ScanListItem> scans, double width, int max) {
        int labels = Math.min(max, scans.size());
        boolean oneDay = scans.stream().map(ScoreChart::date).distinct().count() == 1;
        List<DateLabel> dates = new ArrayList<>();
        String previous = "";
        for (int i = 0; i < labels; i++) {
            int index = labels == 1 ? 0 : Math.round((float) i * (scans.size() - 1) / (labels - 1));
            ScanListItem scan = scans.get(index);
            String time = scan.created().text().substring(DATE_LENGTH + 1, TIME_END);
            String text = oneDay && index > 0 ? time : oneDay ? date(scan) + " " + time : date(scan);
            if (!text.equals(previous)) {
                dates.add(new DateLabel(number(x(index, scans.size(), width)), text, anchor(i, labels)));
            }
            previous = text;
        }
        return dates;
    }

    private static String date(ScanListItem scan) {
        return scan.created().text().substring(0, DATE_LENGTH);
    }

    /** Keeps the first and the last label within the chart. */
    private static String anchor(int label, int count) {
        if (count == 1 || (label > 0 && label < count - 1)) {
            return "middle";
        }
        return label == 0 ? "start" : "end";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The point of one scan. */
    record ChartPoint(String x, String y, String title) {}

    /**
     * The scores of a grade, as a band behind the line.
     *
     * @param tone CSS class of the grade's color
     * @param minScore the label of its lower edge
     * @param middle the position of the grade's label
     */
    record GradeBand(String grade, String tone, String minScore, String y, String height, String middle) {
        /** Returns the position of the lower edge. */
        public String bottom() {
            return number(Double.parseDouble(y) + Double.parseDouble(height));
        }
    }

    /**
     * A label of the axis.
     *
     * @param anchor the value of the SVG attribute {@code text-anchor}
     */
    record DateLabel(String x, String text, String anchor) {}

    /**
     * The end of a certificate, as a vertical line with a label below the axis.
     *
     * @param anchor the value of the SVG attribute {@code text-anchor}
     * @param tone CSS class of its color
     * @param labelStart the left edge of its label
     * @param isLabeled whether there is enough space for its label
     */
    record ExpiryMarker(String x, String text, String anchor, String tone, double labelStart, boolean isLabeled) {
        /** Returns the upper end of the line. */
        public int top() {
            return TOP;
        }

        /** Returns the lower end of the line. */
        public int bottom() {
            return HEIGHT - BOTTOM;
        }
    }
}
