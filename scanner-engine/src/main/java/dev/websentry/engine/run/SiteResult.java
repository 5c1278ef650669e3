package dev.websentry.engine.run;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.ConsoleSummary;
import dev.websentry.engine.output.PlainText;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of one target. An error is never a grade. */
public sealed interface SiteResult {
    Target target();

    /** What was written about it. */
    List<Path> files();

    /** A line for each file, and for each that was to be written and was not; safe to print. */
    default List<String> fileLines() {
        return files().stream().map(file -> PlainText.line("Written: " + file)).toList();
    }

    /** One line, safe to print, for the moment in which the target is finished. */
    String progress();

    /** The scan ran; a bad site is such a result. */
    record Graded(Target target, Report report, GateResult gate, List<Path> files) implements SiteResult {
        public Graded {
            files = List.copyOf(files);
        }

        @Override
        public String progress() {
            return ConsoleSummary.progress(report);
        }

        /** The whole summary, safe to print. */
        public List<String> summary() {
            return ConsoleSummary.lines(report, gate);
        }
    }

    /**
     * The scan could not run.
     *
     * @param notRecorded where the observations would stand, had there been any
     */
    record Failed(Target target, ScanException error, List<Path> files, Optional<Path> notRecorded)
            implements SiteResult {
        public Failed {
            files = List.copyOf(files);
        }

        @Override
        public List<String> fileLines() {
            return Stream.concat(
                            SiteResult.super.fileLines().stream(),
                            notRecorded.stream()
                                    .map(file -> PlainText.line("Not recorded, as the scan could not run: " + file)))
                    .toList();
        }

        @Override
        public String progress() {
            return PlainText.line(
                    target.given() + ": could not be scanned (" + error.reason().code() + "): " + error.getMessage());
        }
    }
}
