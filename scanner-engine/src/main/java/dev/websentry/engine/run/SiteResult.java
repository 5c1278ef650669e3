package dev.websentry.engine.run;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.ConsoleSummary;
import dev.websentry.engine.output.PlainText;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;
import java.nio.file.Path;
import java.util.List;

/** What became of one target. An error is never a grade. */
public sealed interface SiteResult {
    Target target();

    /** What was written about it. */
    List<Path> files();

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

    /** The scan could not run. */
    record Failed(Target target, ScanException error, List<Path> files) implements SiteResult {
        public Failed {
            files = List.copyOf(files);
        }

        @Override
        public String progress() {
            return PlainText.line(
                    target.given() + ": could not be scanned (" + error.reason().code() + "): " + error.getMessage());
        }
    }
}
