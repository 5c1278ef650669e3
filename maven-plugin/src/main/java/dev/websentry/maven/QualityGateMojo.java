package dev.websentry.maven;

import dev.websentry.engine.job.ClassWarmup;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.SiteResult;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the goals, which write reports and evaluate the quality gate. All parameters are text or lists of text,
 * so that a mistyped flag such as {@code flase} is an error; Maven itself would convert it to false. Defaults are those
 * of the engine.
 */
abstract class QualityGateMojo extends AbstractMojo {
    /**
     * The lowest grade that passes the quality gate: A+, A, B, C, D or F. The default is B if neither {@code minScore}
     * nor {@code failOnRegression} is set.
     */
    @Parameter(property = "websentry.failBelow")
    private @Nullable String failBelow;

    /** The lowest score that passes the quality gate, 0 to 100. */
    @Parameter(property = "websentry.minScore")
    private @Nullable String minScore;

    /**
     * The minimum grades or percentages of single categories, such as {@code ssl=A,headers=80}. The categories are ssl,
     * headers, cookies, redirects, dns and server.
     */
    @Parameter(property = "websentry.categoryMinimums")
    private @Nullable String categoryMinimums;

    /** Whether a result worse than the {@code baseline} fails the build. The default is false. */
    @Parameter(property = "websentry.failOnRegression")
    private @Nullable String failOnRegression;

    /** The report.json of an earlier run, or the output directory of an earlier run with several results. */
    @Parameter(property = "websentry.baseline")
    private @Nullable File baseline;

    /** A YAML or JSON file of waivers, which are findings that are accepted until a date. */
    @Parameter(property = "websentry.waivers")
    private @Nullable File waivers;

    /** Whether an incomplete scan, which could not check everything, fails the build. The default is true. */
    @Parameter(property = "websentry.failOnIncomplete")
    private @Nullable String failOnIncomplete;

    /**
     * The directory for the reports. The default is {@code websentry} in the build directory, or target/websentry
     * without a POM.
     */
    @Parameter(property = "websentry.outputDirectory")
    private @Nullable File outputDirectory;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true)
    private @Nullable String buildDirectory;

    @Parameter(defaultValue = "${session.executionRootDirectory}", readonly = true)
    private @Nullable String startDirectory;

    /** The formats of the reports: json, html, sarif, markdown, badge and junit. The default is json and html. */
    @Parameter(property = "websentry.formats")
    private @Nullable List<String> formats;

    /** Skips the goal if true. */
    @Parameter(property = "websentry.skip")
    private @Nullable String skip;

    @Parameter(defaultValue = "${session.userProperties}", readonly = true)
    private @Nullable Properties userProperties;

    @Parameter(defaultValue = "${project.properties}", readonly = true)
    private @Nullable Properties projectProperties;

    /** The request of the build session. All modules share it, whereas sessions are copied for concurrent modules. */
    @Parameter(defaultValue = "${session.request}", readonly = true)
    private @Nullable Object sessionRequest;

    /** Adds the options that are specific to the goal. */
    abstract RawOptions addOptions(RawOptions texts) throws MojoExecutionException;

    /** Runs the goal with all options. */
    abstract BuildOutcome runGoal(RawOptions texts) throws InvalidOptionException, IOException, InterruptedException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        InterruptOnShutdown stop = InterruptOnShutdown.register();
        try {
            UnknownProperties.reject(properties(userProperties), properties(projectProperties));
            RawOptions texts = texts();
            if (texts.flag(Option.SKIP).orElse(false)) {
                getLog().info("Skipped: websentry.skip is set");
                return;
            }
            BuildOutcome outcome = runWithWarmup(texts);
            outcome.logSummaries();
            outcome.enforce();
        } catch (InvalidOptionException e) {
            throw new MojoExecutionException(e.getMessage());
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Maven does not print the exception if it is exiting.
            getLog().warn("Interrupted: the scans were stopped; unfinished scans wrote no files");
            throw new MojoExecutionException("interrupted: the scans were stopped", e);
        } finally {
            stop.close();
        }
    }

    private BuildOutcome runWithWarmup(RawOptions texts)
            throws MojoExecutionException, InvalidOptionException, IOException, InterruptedException {
        ClassWarmup warmup = ClassWarmup.start();
        try {
            return runGoal(addOptions(texts));
        } finally {
            warmup.awaitEnd();
        }
    }

    private static Properties properties(@Nullable Properties present) {
        return present == null ? new Properties() : present;
    }

    /** Returns an object that identifies the build session. */
    Object sessionKey() {
        return sessionRequest == null ? this : sessionRequest;
    }

    private RawOptions texts() {
        return new RawOptions(ParameterNames::of)
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
        // Without a POM there is no base directory, and Maven passes the unresolved expression.
        boolean hasPom = buildDirectory != null && !buildDirectory.contains("${");
        return new File(hasPom ? buildDirectory : startDirectory + "/target", "websentry").getPath();
    }

    void progress(SiteResult site) {
        getLog().info(site.progressLine());
    }

    static @Nullable String path(@Nullable File file) {
        return file == null ? null : file.getPath();
    }
}
