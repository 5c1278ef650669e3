package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a build. */
class ReportArchiveTest {
    private static final BuildRecord RECORD = new BuildRecord(
            List.of(
                    SiteRecord.failed("https://down.example.com/", "unreachable"),
                    new SiteRecord(
                            "https://www.example.com/",
                            "",
                            "F",
                            37,
                            true,
                            new GateResult(37, List.of(), List.of(), List.of()),
                            List.of())),
            List.of(),
            List.of());
    private static final String JSON = "{\"scan\": \"" + "a".repeat(10_000) + "\"}";

    @TempDir
    Path folder;

    private ReportArchive archive;

    @BeforeEach
    void write() throws Exception {
        archive = new ReportArchive(folder.resolve("websentry"));
        archive.write(new AgentScanResult(RECORD, List.of("", JSON)));
    }

    @Test
    void recordAndReportsAreReadBack() throws Exception {
        assertEquals(RECORD, archive.record());
        assertEquals(Optional.empty(), archive.report(0));
        assertEquals(Optional.of(JSON), archive.report(1));
        assertEquals(Optional.empty(), archive.report(2));
        assertEquals(Optional.empty(), archive.report(-1));
    }

    @Test
    void reportsAreCompressed() throws Exception {
        assertTrue(Files.size(folder.resolve("websentry/site-2.json.gz")) < 1_000);
    }

    @Test
    void uncompressedReportOfTheFirstVersionIsRead() throws Exception {
        Files.delete(folder.resolve("websentry/site-2.json.gz"));
        Files.writeString(folder.resolve("websentry/site-2.json"), "{}");

        assertEquals(Optional.of("{}"), archive.report(1));
    }

    @Test
    void deletedReportsLeaveTheRecord() throws Exception {
        archive.deleteReports();

        assertEquals(Optional.empty(), archive.report(1));
        assertEquals(RECORD, archive.record());
    }

    @Test
    void deletingReportsOfADeletedBuildDoesNothing() throws Exception {
        new ReportArchive(folder.resolve("gone")).deleteReports();
    }
}
