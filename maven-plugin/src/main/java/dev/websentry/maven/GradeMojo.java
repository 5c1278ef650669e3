package dev.websentry.maven;

import dev.websentry.engine.run.GradeRequest;
import dev.websentry.engine.run.GradeRun;
import dev.websentry.engine.run.InvalidOptionException;
import dev.websentry.engine.run.Option;
import dev.websentry.engine.run.OptionTexts;
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
public final class GradeMojo extends GatedMojo {
    /** A recording of a scan, or a directory of recordings whose names end in .observations.json. Required. */
    @Parameter(property = "websentry.observations")
    private @Nullable File observations;

    @Override
    OptionTexts add(OptionTexts texts) {
        return texts.set(Option.OBSERVATIONS, path(observations));
    }

    @Override
    Verdict run(OptionTexts texts) throws InvalidOptionException, IOException {
        GradeRequest request = GradeRequest.of(texts);
        request.judgements().forEach(task -> task.provenance().forEach(getLog()::info));
        return new Verdict(GradeRun.run(request, this::progress), true, getLog());
    }
}
