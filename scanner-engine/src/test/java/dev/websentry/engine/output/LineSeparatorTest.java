package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.engine.report.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Files have the same line breaks on every operating system, so that they can be compared and kept in git. */
class LineSeparatorTest {
    private static final String WINDOWS = "\r\n";

    @Test
    void noFileContainsTheLineSeparatorOfWindows() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dline.separator=" + WINDOWS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FormatPrinter.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), printed);
        assertEquals("[]", printed);
    }

    /** Prints the formats whose files contain a carriage return. */
    static final class FormatPrinter {
        private FormatPrinter() {}

        public static void main(String[] arguments) {
            if (!System.lineSeparator().equals(WINDOWS)) {
                throw new IllegalStateException("this is not the line separator of Windows");
            }
            Report report = SampleReports.full();
            GateResult gate =
                    QualityGate.evaluate(report, new GateConditions(Optional.empty(), OptionalInt.empty(), true));
            List<String> wrong = new ArrayList<>();
            for (ReportFormat format : ReportFormat.values()) {
                if (format.write(report, gate).contains("\r")) {
                    wrong.add(format.label());
                }
            }
            if (RecordingRoundTrip.randomRecording(1).contains("\r")) {
                wrong.add("recording");
            }
            System.out.print(wrong);
        }
    }
}
