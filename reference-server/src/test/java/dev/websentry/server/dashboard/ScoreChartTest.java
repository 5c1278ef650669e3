package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreChartTest {
    @Test
    void pointsHaveEqualDistancesAndHigherScoresAreHigher() {
        ScoreChart chart = chart(List.of(scan("F", 0), scan("C", 50), scan("A+", 100)));
        assertEquals("44.0,270.0 360.0,142.0 676.0,14.0", chart.line());
        assertEquals(3, chart.dots().size());
        assertEquals("676.0", chart.dots().get(2).x());
    }

    @Test
    void aSingleScanIsCentered() {
        assertEquals("360.0,14.0", chart(List.of(scan("A+", 100))).line());
    }

    @Test
    void noScansGiveAnEmptyLine() {
        assertEquals("", chart(List.of()).line());
    }

    @Test
    void bandsOfTheGradesCoverAllScores() {
        ScoreChart chart = chart(List.of());
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
                        scored("A", 80, Instant.parse("2026-01-01T06:00:00Z").plus(Duration.ofDays(day))))
                .toList();
        List<ScoreChart.DateLabel> dates = chart(year).dates();
        assertEquals(6, dates.size());
        assertEquals(new ScoreChart.DateLabel("44.0", "2026-01-01", "start"), dates.get(0));
        assertEquals(new ScoreChart.DateLabel("676.0", "2026-12-31", "end"), dates.get(5));
    }

    @Test
    void scansOfOneDayAreLabeledWithTheirTimes() {
        Instant morning = Instant.parse("2026-01-01T06:00:00Z");
        List<ScoreChart.DateLabel> dates = chart(
                        List.of(scored("A", 80, morning), scored("B", 70, morning.plusSeconds(3700))))
                .dates();
        assertEquals(
                List.of("2026-01-01 06:00", "07:01"),
                dates.stream().map(ScoreChart.DateLabel::text).toList());
        assertEquals(
                "2026-01-01 06:00",
                chart(List.of(scored("A", 80, morning))).dates().get(0).text());
    }

    @Test
    void endOfTheCurrentCertificateIsMarkedBeyondTheLastScan() {
        List<ScanListItem> scans = List.of(scan("one", DAY), scan("two", DAY.plus(Duration.ofDays(1))));
        Instant end = DAY.plus(Duration.ofDays(60));
        ScoreChart chart = ScoreChart.of(scans, ends(end, scans), true);
        assertEquals("44.0", chart.dots().get(0).x());
        assertEquals("586.0", chart.dots().get(1).x());
        assertEquals(
                List.of(new ScoreChart.ExpiryMarker(
                        "676.0", "certificate expires on 2026-04-30", "end", "none", 466, true)),
                chart.expiries());
        assertEquals("; certificate expires on 2026-04-30", chart.expiryText());
        // The page with older scans: the certificate may have been replaced since.
        assertEquals(List.of(), ScoreChart.of(scans, ends(end, scans), false).expiries());
        assertEquals(
                "676.0",
                ScoreChart.of(scans, ends(end, scans), false).dots().get(1).x());
    }

    @Test
    void expiryBetweenTwoScansIsMarkedAtItsTime() {
        List<ScanListItem> scans = List.of(
                scan("one", DAY),
                scan("two", DAY.plus(Duration.ofDays(4))),
                scan("three", DAY.plus(Duration.ofDays(5))));
        ScoreChart chart = ScoreChart.of(scans, ends(DAY.plus(Duration.ofDays(1)), scans), true);
        assertEquals(
                List.of(new ScoreChart.ExpiryMarker(
                        "123.0", "certificate expired on 2026-03-02", "start", "fail", 123, true)),
                chart.expiries());
    }

    @Test
    void labelsDoNotOverlap() {
        List<ScanListItem> scans = IntStream.range(0, 10)
                .mapToObj(i -> scan(String.valueOf(i), DAY.plus(Duration.ofDays(i))))
                .toList();
        Map<String, CertificateEnd> ends = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            // Every certificate is used for two scans and expires between them.
            ends.put(String.valueOf(i), CertificateEnd.of(DAY.plus(Duration.ofHours(24L * (i / 2 * 2) + 12)), DAY));
        }
        List<ScoreChart.ExpiryMarker> markers = ScoreChart.of(scans, ends, true).expiries();
        assertEquals(5, markers.size());
        List<ScoreChart.ExpiryMarker> labeled =
                markers.stream().filter(ScoreChart.ExpiryMarker::isLabeled).toList();
        assertTrue(markers.get(4).isLabeled() && labeled.size() < 5, labeled.toString());
        for (int i = 1; i < labeled.size(); i++) {
            assertTrue(labeled.get(i).labelStart() - labeled.get(i - 1).labelStart() >= 210, labeled.toString());
        }
    }

    @Test
    void certificateThatWasReplacedBeforeTheNextScanIsNotMarked() {
        List<ScanListItem> scans = List.of(scan("one", DAY), scan("two", DAY.plus(Duration.ofDays(4))));
        Map<String, CertificateEnd> ends = new HashMap<>(ends(DAY.plus(Duration.ofDays(1)), scans));
        ends.put("two", CertificateEnd.of(DAY.plus(Duration.ofDays(90)), DAY));
        assertEquals(
                List.of("certificate expires on 2026-05-30"),
                ScoreChart.of(scans, ends, true).expiries().stream()
                        .map(ScoreChart.ExpiryMarker::text)
                        .toList());
        // No certificate at all, and one that had expired before the first scan.
        assertEquals(List.of(), ScoreChart.of(scans, Map.of(), true).expiries());
        assertEquals(
                List.of(),
                ScoreChart.of(scans, ends(DAY.minusSeconds(1), scans), true).expiries());
    }

    private static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");

    private static ScanListItem scan(String id, Instant time) {
        return new ScanListItem(
                id, "https://www.example.com", "www.example.com", "A", 85, "good", "done", true, DisplayTime.of(time));
    }

    private static Map<String, CertificateEnd> ends(Instant end, List<ScanListItem> scans) {
        return scans.stream().collect(Collectors.toMap(ScanListItem::id, scan -> CertificateEnd.of(end, DAY)));
    }

    private static ScoreChart chart(List<ScanListItem> scans) {
        return ScoreChart.of(scans, Map.of(), true);
    }

    private static ScanListItem scan(String grade, int score) {
        return scored(grade, score, Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static ScanListItem scored(String grade, int score, Instant time) {
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
