package dev.websentry.engine.run;

import dev.websentry.engine.Judge;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Judges recordings again and writes their reports, as {@link ScanRun} does for scans. Opens no connection. */
public final class GradeRun {
    private GradeRun() {}

    /**
     * Runs to the end, whatever the grades are.
     *
     * @param finished told of each recording when its files are written
     * @throws IOException when a recording cannot be judged or a report cannot be written
     */
    public static RunResult run(GradeRequest request, Consumer<SiteResult> finished) throws IOException {
        List<SiteResult> results = new ArrayList<>();
        for (GradeRequest.Judgement judgement : request.judgements()) {
            Observations seen = judgement.recording().observations();
            Report report = report(judgement);
            GateResult gate = judgement.gate().judge(seen.target(), report);
            SiteResult result = new SiteResult.Graded(
                    seen.target(), report, gate, request.files().write(judgement.name(), report, gate));
            results.add(result);
            finished.accept(result);
        }
        return new RunResult(results);
    }

    /** Somebody may have written by hand what no probe ever sees, and rules do not expect it. */
    private static Report report(GradeRequest.Judgement judgement) throws IOException {
        try {
            return Judge.report(
                    judgement.recording().observations(), judgement.recording().duration());
        } catch (RuntimeException e) {
            throw new IOException(
                    "'" + judgement.file() + "' cannot be judged: it holds what no scan writes (" + e + ")", e);
        }
    }
}
