package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateResult;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The value that a script gets. */
class ScanStepResultTest {
    private static final SiteRecord GOOD = site("https://www.example.com/", "A+", 100);
    private static final SiteRecord BAD = site("https://shop.example.org/", "F", 37);
    private static final SiteRecord DOWN = SiteRecord.failed("https://down.example.com/", "unreachable");

    @Test
    void worstSiteDeterminesTheResult() {
        Map<String, ?> result = ScanStepResult.of(run(GOOD, BAD), "https://ci.example.com/job/a/1/websentry/");

        assertEquals("F", result.get("grade"));
        assertEquals(37, result.get("score"));
        assertEquals(true, result.get("complete"));
        assertEquals("https://ci.example.com/job/a/1/websentry/", result.get("reportUrl"));
        assertEquals(Map.of("ssl", Map.of("score", 21, "maxScore", 30, "grade", "B")), result.get("categories"));
        assertEquals(2, ((List<?>) result.get("sites")).size());
    }

    @Test
    void summaryBeginsWithTheWorstSites() {
        assertEquals(List.of(DOWN, BAD, GOOD), run(GOOD, DOWN, BAD).worstFirst());
        BuildRecord record = new BuildRecord(List.of(BAD), List.of("1", "2", "3"), List.of("4"));
        assertEquals(1, record.hiddenReasons(2));
        assertEquals(0, record.hiddenReasons(3));
    }

    @Test
    void siteWithoutGradeMakesTheResultIncomplete() {
        assertEquals(false, ScanStepResult.of(run(GOOD, DOWN), "").get("complete"));
        assertEquals("A+", ScanStepResult.of(run(GOOD, DOWN), "").get("grade"));
        assertNull(ScanStepResult.of(run(DOWN), "").get("grade"));
    }

    @Test
    void failedGateIsNotPassedAndHasReasons() {
        Map<String, ?> result = ScanStepResult.of(
                new BuildRecord(List.of(BAD), List.of("Quality gate failed: grade F"), List.of("unstable too")), "");

        assertEquals(false, result.get("passed"));
        assertEquals(List.of("Quality gate failed: grade F", "unstable too"), result.get("reasons"));
        assertEquals(true, ScanStepResult.of(run(BAD), "").get("passed"));
    }

    @Test
    void everyValueIsOfTheJdkAndSerializable() throws Exception {
        Map<String, ?> result = ScanStepResult.of(run(GOOD, DOWN), "");

        assertOfTheJdk(result);
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(result);
    }

    @Test
    void environmentHasTexts() {
        assertEquals(
                Map.of(
                        "WEBSENTRY_GRADE", "F",
                        "WEBSENTRY_SCORE", "37",
                        "WEBSENTRY_COMPLETE", "true",
                        "WEBSENTRY_REPORT_URL", "u"),
                ScanStepResult.environment(run(GOOD, BAD), "u"));
        assertEquals("", ScanStepResult.environment(run(DOWN), "u").get("WEBSENTRY_GRADE"));
    }

    private static void assertOfTheJdk(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(ScanStepResultTest::assertOfTheJdk);
        } else if (value instanceof List<?> list) {
            list.forEach(ScanStepResultTest::assertOfTheJdk);
        }
        assertTrue(value == null || value.getClass().getName().startsWith("java."), () -> String.valueOf(value));
    }

    private static BuildRecord run(SiteRecord... sites) {
        return new BuildRecord(List.of(sites), List.of(), List.of());
    }

    private static SiteRecord site(String url, String grade, int score) {
        return new SiteRecord(
                url,
                "",
                grade,
                score,
                true,
                new GateResult(score, List.of(), List.of(), List.of()),
                List.of(new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B")));
    }
}
