package dev.websentry.maven;

import dev.websentry.engine.run.InvalidOptionException;
import dev.websentry.engine.run.Option;
import dev.websentry.engine.run.OptionTexts;
import dev.websentry.engine.run.Rehearsal;
import dev.websentry.engine.run.SiteResult;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A goal that ends in a gate and leaves reports, wherever its results come from. Every parameter is a text or a list of texts:
 * a flag that says {@code flase} is an error here, where Maven itself would read a silent no. Defaults are the engine's.
 */
abstract class GatedMojo extends AbstractMojo {
    /**
     * The lowest grade that passes: A+, A, B, C, D or F. B when neither this, {@code minScore} nor
     * {@code failOnRegression} is set.
     */
    @Parameter(property = "websentry.failBelow")
    private @Nullable String failBelow;

    /** The lowest score that passes, 0 to 100. */
    @Parameter(property = "websentry.minScore")
    private @Nullable String minScore;

    /**
     * What single categories must reach: per category key a grade or a percentage, such as {@code ssl=A,headers=80}. The
     * keys: ssl, headers, cookies, redirects, dns, server.
     */
    @Parameter(property = "websentry.categoryMinimums")
    private @Nullable String categoryMinimums;

    /** Whether a result worse than the {@code baseline} fails the build. False unless set. */
    @Parameter(property = "websentry.failOnRegression")
    private @Nullable String failOnRegression;

    /** The report.json of an earlier run, or for several results the folder of theirs. */
    @Parameter(property = "websentry.baseline")
    private @Nullable File baseline;

    /** A YAML or JSON file of findings that are accepted until a day. */
    @Parameter(property = "websentry.waivers")
    private @Nullable File waivers;

    /** Whether a scan that could not check everything fails the build. True unless set. */
    @Parameter(property = "websentry.failOnIncomplete")
    private @Nullable String failOnIncomplete;

    /** The folder for the reports. {@code websentry} in the build directory unless set; without a POM, target/websentry. */
    @Parameter(property = "websentry.outputDirectory")
    private @Nullable File outputDirectory;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true)
    private @Nullable String buildDirectory;

    @Parameter(defaultValue = "${session.executionRootDirectory}", readonly = true)
    private @Nullable String startDirectory;

    /** Which reports to write, of json, html, sarif, markdown, badge and junit. The first two unless set. */
    @Parameter(property = "websentry.formats")
    private @Nullable List<String> formats;

    /** Does nothing at all when true. */
    @Parameter(property = "websentry.skip")
    private @Nullable String skip;

    /** Adds the goal's own options. */
    abstract OptionTexts add(OptionTexts texts) throws MojoExecutionException;

    /** Does the goal's work. */
    abstract Verdict run(OptionTexts texts) throws InvalidOptionException, IOException, InterruptedException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        StopOnExit stop = StopOnExit.begin();
        try {
            OptionTexts texts = texts();
            if (texts.flag(Option.SKIP).orElse(false)) {
                getLog().info("Skipped: websentry.skip is set");
                return;
            }
            Verdict verdict = rehearsed(texts);
            verdict.show();
            verdict.enforce();
        } catch (InvalidOptionException e) {
            throw new MojoExecutionException(e.getMessage());
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // When Maven exits it does not come to say why the goal ended.
            getLog().warn("Interrupted: the scans were stopped; what was not finished left no file");
            throw new MojoExecutionException("interrupted: the scans were stopped", e);
        } finally {
            stop.close();
        }
    }

    private Verdict rehearsed(OptionTexts texts)
            throws MojoExecutionException, InvalidOptionException, IOException, InterruptedException {
        Rehearsal rehearsal = Rehearsal.begin();
        try {
            return run(add(texts));
        } finally {
            rehearsal.end();
        }
    }

    private OptionTexts texts() {
        return new OptionTexts(Spelling::of)
                .set(Option.FAIL_BELOW, failBelow)
                .set(Option.MIN_SCORE, minScore)
                .set(Option.FAIL_ON_INCOMPLETE, failOnIncomplete)
                .set(Option.CATEGORY_MINIMUMS, categoryMinimums)
                .set(Option.FAIL_ON_REGRESSION, failOnRegression)
                .set(Option.BASELINE, path(baseline))
                .set(Option.WAIVERS, path(waivers))
                .set(Option.OUTPUT_DIRECTORY, outputDirectory())
                .set(Option.FORMATS, formats)
                .set(Option.SKIP, skip);
    }

    private String outputDirectory() {
        if (outputDirectory != null) {
            return outputDirectory.getPath();
        }
        // The stand-in for a missing POM has no base directory, and Maven hands its expression on as it stands.
        boolean hasPom = buildDirectory != null && !buildDirectory.contains("${");
        return new File(hasPom ? buildDirectory : startDirectory + "/target", "websentry").getPath();
    }

    void progress(SiteResult site) {
        getLog().info(site.progress());
    }

    static @Nullable String path(@Nullable File file) {
        return file == null ? null : file.getPath();
    }
}
