package dev.websentry.engine.job;

import dev.websentry.engine.Grader;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Grades recordings and writes their reports, as {@link ScanJob} does for scans. Does not use the network. */
public final class GradeJob {
    private GradeJob() {}

    /**
     * Grades all recordings, whatever their grades are. A recording that cannot be graded, for example because it was
     * edited and contains values that no scan records, does not affect the others.
     *
     * @param finished called for each recording after its files are written
     * @return the results in the order of the request
     */
    public static JobResult run(GradeRequest request, Consumer<SiteResult> finished) {
        List<SiteResult> results = new ArrayList<>();
        for (GradeRequest.RecordingToGrade task : request.recordings()) {
            SiteResult result = grade(task, request.files());
            results.add(result);
            finished.accept(result);
        }
        return new JobResult(results);
    }

    private static SiteResult grade(GradeRequest.RecordingToGrade task, ReportFiles destination) {
        Target target = task.recording().observations().target();
        try {
            Report report = Grader.grade(
                    task.recording().observations(), task.recording().duration());
            GateResult gate = task.gate().evaluate(target, report);
            return graded(task, destination, report, gate);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return failed(task, destination, InternalScanError.of("grading \"" + task.file() + "\"", e));
        }
    }

    private static SiteResult graded(
            GradeRequest.RecordingToGrade task, ReportFiles destination, Report report, GateResult gate) {
        List<Path> files = List.of();
        Optional<String> fileError = Optional.empty();
        try {
            files = destination.write(task.name(), report, gate);
        } catch (IOException e) {
            fileError = Optional.of(String.valueOf(e.getMessage()));
        }
        return new SiteResult.GradedSite(task.recording().observations().target(), report, gate, files, fileError);
    }

    private static SiteResult failed(GradeRequest.RecordingToGrade task, ReportFiles destination, ScanException error) {
        Target target = task.recording().observations().target();
        List<Path> files = List.of();
        Optional<String> fileError = Optional.empty();
        try {
            files = destination.writeError(task.name(), target, error);
        } catch (IOException e) {
            fileError = Optional.of(String.valueOf(e.getMessage()));
        }
        return new SiteResult.FailedSite(target, error, files, Optional.empty(), fileError);
    }
}
