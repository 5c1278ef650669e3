package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file that a build stores. */
class BuildRecordJsonTest {
    @Test
    void writtenRecordIsReadBack() {
        BuildRecord run = new BuildRecord(
                List.of(
                        new SiteRecord(
                                "https://www.example.com/",
                                "",
                                "B",
                                72,
                                false,
                                new GateResult(
                                        80,
                                        List.of("the scan is incomplete"),
                                        List.of("a waiver has expired"),
                                        List.of(new Waiver(
                                                "headers.csp",
                                                List.of("www.example.com"),
                                                "accepted",
                                                LocalDate.of(2030, 1, 31)))),
                                List.of(new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B"))),
                        SiteRecord.failed("https://down.example.com/", "unreachable")),
                List.of("Quality gate failed: https://www.example.com/: the scan is incomplete"),
                List.of());

        assertEquals(run, BuildRecordJson.read(BuildRecordJson.write(run)));
    }

    @Test
    void firstFormatStaysReadable() throws IOException {
        BuildRecord run = BuildRecordJson.read(stored("run-format-1.json"));

        assertEquals(2, run.sites().size());
        assertEquals("F", run.worst().orElseThrow().grade());
        assertEquals(37, run.worst().orElseThrow().score());
        assertEquals("headers.csp", run.sites().get(0).gate().waived().get(0).checkId());
        assertEquals(37, run.sites().get(0).gate().score());
        assertEquals(
                new CategoryRecord("ssl", "SSL / TLS", 21, 30, "B"),
                run.worst().orElseThrow().categories().get(0));
        assertEquals(BuildRecord.BuildOutcome.FAILURE, run.outcome());
        assertEquals(
                "down.example.com: could not be scanned", run.sites().get(1).error());
    }

    @Test
    void laterFormatIsRejectedWithAHint() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> BuildRecordJson.read("{\"format\": 2}"));

        assertTrue(
                String.valueOf(e.getMessage()).contains("a newer version may have written the file"), e.getMessage());
    }

    @Test
    void brokenFileIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> BuildRecordJson.read("{"));
        assertThrows(IllegalArgumentException.class, () -> BuildRecordJson.read("[]"));
    }

    private static String stored(String name) throws IOException {
        try (InputStream in = BuildRecordJsonTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
