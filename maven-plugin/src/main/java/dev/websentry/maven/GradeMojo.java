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
 * Judges again what an earlier scan recorded, by this version's rules and without the network, writes a report of each
 * recording and fails the build when a grade is too low. Works with a POM and without one.
 */
@Mojo(name = "grade", requiresProject = false, threadSafe = true)
public final class GradeMojo extends GatedMojo {
    /** What a scan recorded: a file, or a folder of files that end in .observations.json. Required. */
    @Parameter(property = "websentry.observations")
    private @Nullable File observations;

    @Override
    OptionTexts add(OptionTexts texts) {
        return texts.set(Option.OBSERVATIONS, path(observations));
    }

    @Override
    Verdict run(OptionTexts texts) throws InvalidOptionException, IOException {
        GradeRequest request = GradeRequest.of(texts);
        request.judgements().forEach(judgement -> judgement.provenance().forEach(getLog()::info));
        return new Verdict(GradeRun.run(request, this::progress), true, getLog());
    }
}
