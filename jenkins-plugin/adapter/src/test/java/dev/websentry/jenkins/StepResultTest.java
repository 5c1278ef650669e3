package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a script gets. */
class StepResultTest {
    private static final SiteRecord GOOD = site("https://www.example.com/", "A+", 100);
    private static final SiteRecord BAD = site("https://shop.example.org/", "F", 37);
    private static final SiteRecord DOWN = SiteRecord.failed("https://down.example.com/", "unreachable");

    @Test
    void worstSiteSpeaksForAll() {
        Map<String, ?> result = StepResult.of(run(GOOD, BAD), "https://ci.example.com/job/a/1/websentry/");

        assertEquals("F", result.get("grade"));
        assertEquals(37, result.get("score"));
        assertEquals(true, result.get("complete"));
        assertEquals("https://ci.example.com/job/a/1/websentry/", result.get("reportUrl"));
        assertEquals(Map.of("ssl", Map.of("score", 21, "maxScore", 30, "grade", "B")), result.get("categories"));
        assertEquals(2, ((List<?>) result.get("sites")).size());
    }

    @Test
    void siteWithoutGradeLeavesTheRunIncomplete() {
        assertEquals(false, StepResult.of(run(GOOD, DOWN), "").get("complete"));
        assertEquals("A+", StepResult.of(run(GOOD, DOWN), "").get("grade"));
        assertNull(StepResult.of(run(DOWN), "").get("grade"));
    }

    @Test
    void everyValueIsOfTheJdkAndSerializable() throws Exception {
        Map<String, ?> result = StepResult.of(run(GOOD, DOWN), "");

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
                StepResult.environment(run(GOOD, BAD), "u"));
        assertEquals("", StepResult.environment(run(DOWN), "u").get("WEBSENTRY_GRADE"));
    }

    private static void assertOfTheJdk(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(StepResultTest::assertOfTheJdk);
        } else if (value instanceof List<?> list) {
            list.forEach(StepResultTest::assertOfTheJdk);
        }
        assertTrue(value == null || value.getClass().getName().startsWith("java."), () -> String.valueOf(value));
    }

    private static RunRecord run(SiteRecord... sites) {
        return new RunRecord(List.of(sites), List.of(), List.of(), Map.of());
    }

    private static SiteRecord site(String url, String grade, int score) {
        return new SiteRecord(
                url,
                "",
                grade,
                score,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B")));
    }
}
