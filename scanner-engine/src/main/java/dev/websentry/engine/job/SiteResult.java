package dev.websentry.engine.job;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.ConsoleSummary;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The result of one target: a grade, or an error. An error never has a grade. */
public sealed interface SiteResult {
    /** Returns the target. */
    Target target();

    /** Returns the files that were written. */
    List<Path> files();

    /** Returns why a file could not be written, with the file; empty if all were written. */
    Optional<String> fileError();

    /** Returns a copy with other files. */
    SiteResult withFiles(List<Path> others);

    /** Returns a line for each file that was written or could not be written; safe to print. */
    default List<String> fileLines() {
        return files().stream()
                .map(file -> TextSanitizer.singleLine("Written: " + file))
                .toList();
    }

    /** Returns what went wrong, other than findings of the site, with the target; safe to print. */
    List<String> errors();

    /** Returns a progress line for the finished target; safe to print. */
    String progressLine();

    /**
     * The result of a scan that ran, whatever its grade is.
     *
     * @param gate the result of the quality gate
     * @param fileError why a file could not be written, with the file; empty if all were written
     */
    record GradedSite(Target target, Report report, GateResult gate, List<Path> files, Optional<String> fileError)
            implements SiteResult {
        public GradedSite {
            files = List.copyOf(files);
        }

        @Override
        public SiteResult withFiles(List<Path> others) {
            return new GradedSite(target, report, gate, others, fileError);
        }

        @Override
        public String progressLine() {
            return ConsoleSummary.progressLine(report);
        }

        /** Returns a line for each check that ended with an internal error. */
        @Override
        public List<String> errors() {
            return report.internalErrors().stream()
                    .map(check -> TextSanitizer.singleLine(target.input() + ": " + check.name() + ": " + check.value()))
                    .toList();
        }

        /** Returns the lines of the complete summary; safe to print. */
        public List<String> summary() {
            return ConsoleSummary.lines(report, gate);
        }
    }

    /**
     * The result of a scan that could not run.
     *
     * @param unwrittenRecording the file of the recording that was not written; empty if none was requested
     * @param fileError why a file could not be written, with the file; empty if all were written
     */
    record FailedSite(
            Target target,
            ScanException error,
            List<Path> files,
            Optional<Path> unwrittenRecording,
            Optional<String> fileError)
            implements SiteResult {
        public FailedSite {
            files = List.copyOf(files);
        }

        @Override
        public SiteResult withFiles(List<Path> others) {
            return new FailedSite(target, error, others, unwrittenRecording, fileError);
        }

        @Override
        public List<String> errors() {
            return List.of(progressLine());
        }

        @Override
        public List<String> fileLines() {
            return Stream.concat(
                            SiteResult.super.fileLines().stream(),
                            unwrittenRecording.stream()
                                    .map(file -> TextSanitizer.singleLine(
                                            "Not recorded because the scan could not run: " + file)))
                    .toList();
        }

        @Override
        public String progressLine() {
            return TextSanitizer.singleLine(
                    target.input() + ": could not be scanned (" + error.reason().code() + "): " + error.getMessage());
        }
    }
}
