package dev.websentry.engine.job;

import dev.websentry.engine.Grader;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.observation.ScanObservations;
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
     * Grades all recordings, whatever their grades are.
     *
     * @param finished called for each recording after its files are written
     * @return the results in the order of the request
     * @throws IOException if a recording cannot be graded
     */
    public static JobResult run(GradeRequest request, Consumer<SiteResult> finished) throws IOException {
        List<SiteResult> results = new ArrayList<>();
        for (GradeRequest.RecordingToGrade task : request.recordings()) {
            ScanObservations observations = task.recording().observations();
            Report report = report(task);
            GateResult gate = task.gate().evaluate(observations.target(), report);
            SiteResult result = graded(request, task, report, gate);
            results.add(result);
            finished.accept(result);
        }
        return new JobResult(results);
    }

    private static SiteResult graded(
            GradeRequest request, GradeRequest.RecordingToGrade task, Report report, GateResult gate) {
        List<Path> files = List.of();
        Optional<String> fileError = Optional.empty();
        try {
            files = request.files().write(task.name(), report, gate);
        } catch (IOException e) {
            fileError = Optional.of(String.valueOf(e.getMessage()));
        }
        return new SiteResult.GradedSite(task.recording().observations().target(), report, gate, files, fileError);
    }

    /** Grades one recording. Checks may fail on an edited recording whose values no probe could have produced. */
    private static Report report(GradeRequest.RecordingToGrade task) throws IOException {
        try {
            return Grader.grade(
                    task.recording().observations(), task.recording().duration());
        } catch (RuntimeException e) {
            throw new IOException(
                    "cannot grade \"" + task.file() + "\": it contains values that no scan records (" + e + ")", e);
        }
    }
}
