package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file that stays with a build. */
class RunJsonTest {
    @Test
    void whatIsWrittenReadsBack() {
        RunRecord run = new RunRecord(
                List.of(
                        new SiteRecord(
                                "https://www.example.com/",
                                "",
                                "B",
                                72,
                                false,
                                List.of("the scan is incomplete"),
                                List.of("a waiver has expired"),
                                List.of("headers.csp"),
                                List.of(new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B"))),
                        SiteRecord.failed("https://down.example.com/", "unreachable")),
                List.of("gate closed: https://www.example.com/: the scan is incomplete"),
                List.of(),
                Map.of());

        assertEquals(run, RunJson.read(RunJson.write(run)));
    }

    @Test
    void firstFormatStaysReadable() throws IOException {
        RunRecord run = RunJson.read(stored("run-format-1.json"));

        assertEquals(2, run.sites().size());
        assertEquals("F", run.worst().orElseThrow().grade());
        assertEquals(37, run.worst().orElseThrow().score());
        assertEquals(
                new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B"),
                run.worst().orElseThrow().categories().get(0));
        assertEquals(RunRecord.Outcome.FAILURE, run.outcome());
        assertEquals(
                "down.example.com: could not be scanned", run.sites().get(1).error());
    }

    @Test
    void laterFormatIsRefusedWithAHint() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RunJson.read("{\"format\": 2}"));

        assertTrue(String.valueOf(e.getMessage()).contains("is the plugin too old?"), e.getMessage());
    }

    @Test
    void brokenFileIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RunJson.read("{"));
        assertThrows(IllegalArgumentException.class, () -> RunJson.read("[]"));
    }

    private static String stored(String name) throws IOException {
        try (InputStream in = RunJsonTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
