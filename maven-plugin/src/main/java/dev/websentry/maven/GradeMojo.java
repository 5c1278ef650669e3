package dev.websentry.maven;

import dev.websentry.engine.job.GradeJob;
import dev.websentry.engine.job.GradeRequest;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Grades the recordings of earlier scans with the rules of this version, without network access. Writes a report of
 * each recording and fails the build if a grade is too low. Works with and without a POM.
 */
@Mojo(name = "grade", requiresProject = false, threadSafe = true)
public final class GradeMojo extends QualityGateMojo {
    /** A recording of a scan, or a directory of recordings whose names end in {@code .observations.json}. Required. */
    @Parameter(property = "websentry.observations")
    private @Nullable File observations;

    @Override
    RawOptions addOptions(RawOptions texts) {
        return texts.set(Option.OBSERVATIONS, path(observations));
    }

    @Override
    BuildOutcome runGoal(RawOptions texts) throws InvalidOptionException, IOException {
        GradeRequest request = GradeRequest.parse(texts);
        request.recordings().forEach(task -> task.provenance().forEach(getLog()::info));
        return new BuildOutcome(GradeJob.run(request, this::progress), true, getLog());
    }
}
