package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares every output of one fixed report with a file in {@code src/test/resources/dev/websentry/engine/output}, so
 * that a change of an output is visible in the review of a change. CONTRIBUTING.md describes how to renew the files.
 */
class GoldenFilesTest {
    private static final Path FILES =
            Path.of("src", "test", "resources", "dev", "websentry", "engine", "output", "golden");

    private final Report report = SampleReports.everyOutcome();
    private final GateResult gate = QualityGate.evaluate(
            report,
            GateConditions.defaults(),
            List.of(new Waiver("headers.all", List.of(), "replaced in May", LocalDate.of(2027, 3, 31))),
            Optional.empty());

    @ParameterizedTest
    @EnumSource
    void reportFileEqualsItsGoldenFile(ReportFormat format) throws IOException {
        assertGolden("report" + format.extension(), withoutStyleSheet(format.write(report, gate)));
    }

    @Test
    void consoleSummaryEqualsItsGoldenFile() throws IOException {
        assertGolden("console.txt", String.join("\n", ConsoleSummary.lines(report, gate)) + "\n");
    }

    /** The part that the dashboard and Jenkins include. */
    @Test
    void bodyOfThePageIsTheBodyOfTheReportFile() {
        String body = HtmlReport.body(report, Optional.of(gate));
        assertTrue(ReportFormat.HTML.write(report, gate).contains(body), body);
    }

    private static String withoutStyleSheet(String text) {
        return text.replaceAll("(?s)<style>.*?</style>", "<style></style>");
    }

    private static void assertGolden(String name, String fresh) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("websentry.regenerate")) {
            Files.createDirectories(FILES);
            Files.writeString(file, fresh);
        }
        assertTrue(Files.exists(file), file + " does not exist");
        assertEquals(fresh, Files.readString(file), file + " differs; CONTRIBUTING.md describes how to renew it");
    }
}
