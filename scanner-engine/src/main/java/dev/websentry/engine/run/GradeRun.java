package dev.websentry.engine.run;

import dev.websentry.engine.Judge;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Grades recordings and writes their reports, as {@link ScanRun} does for scans. Does not use the network. */
public final class GradeRun {
    private GradeRun() {}

    /**
     * Grades all recordings, whatever their grades are.
     *
     * @param finished called for each recording after its files are written
     * @return the results in the order of the request
     * @throws IOException if a recording cannot be graded or a report cannot be written
     */
    public static RunResult run(GradeRequest request, Consumer<SiteResult> finished) throws IOException {
        List<SiteResult> results = new ArrayList<>();
        for (GradeRequest.Judgement task : request.judgements()) {
            Observations observations = task.recording().observations();
            Report report = report(task);
            GateResult gate = task.gate().judge(observations.target(), report);
            SiteResult result = new SiteResult.Graded(
                    observations.target(), report, gate, request.files().write(task.name(), report, gate));
            results.add(result);
            finished.accept(result);
        }
        return new RunResult(results);
    }

    /** Grades one recording. Checks may fail on an edited recording whose values no probe could have produced. */
    private static Report report(GradeRequest.Judgement task) throws IOException {
        try {
            return Judge.report(
                    task.recording().observations(), task.recording().duration());
        } catch (RuntimeException e) {
            throw new IOException(
                    "cannot grade \"" + task.file() + "\": it contains values that no scan records (" + e + ")",
                    e);
        }
    }
}
