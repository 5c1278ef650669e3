package dev.websentry.maven;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.job.ClassWarmup;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ReportFiles;
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
 * Base class of the goals, which write reports and evaluate the quality gate. Flags and numbers are text, so that a
 * mistyped flag such as {@code flase} is an error, and an empty property counts as not set; Maven itself would convert
 * both to false. A test compares the parameters with {@link Option}.
 */
abstract class QualityGateMojo extends AbstractMojo {
    private static final String DIRECTORY = "websentry";

    /**
     * The lowest grade that passes the quality gate: A+, A, B, C, D or F. Default: B, if neither {@code minScore} nor
     * {@code failOnRegression} is set.
     */
    @Parameter(property = "websentry.failBelow")
    private @Nullable String failBelow;

    /**
     * The lowest score that passes the quality gate, 0 to 100. Without {@code failBelow} it replaces the default grade.
     */
    @Parameter(property = "websentry.minScore")
    private @Nullable String minScore;

    /**
     * The minimum grades or percentages of single categories, such as {@code ssl=A,headers=80}. The categories are ssl,
     * headers, cookies, redirects, dns and server.
     */
    @Parameter(property = "websentry.categoryMinimums")
    private @Nullable String categoryMinimums;

    /**
     * Whether a score or check that is worse than in the baseline fails the quality gate. Replaces the default grade.
     * Requires {@code baseline}.
     */
    @Parameter(property = "websentry.failOnRegression", defaultValue = "" + GateConditions.DEFAULT_FAIL_ON_REGRESSION)
    private @Nullable String failOnRegression;

    /** The report.json of an earlier run, or for several results the directory with their reports. */
    @Parameter(property = "websentry.baseline")
    private @Nullable File baseline;

    /**
     * A YAML or JSON file of accepted findings, each with a reason and a last day. Waivers change the result of the
     * quality gate, but not the score of the report.
     */
    @Parameter(property = "websentry.waivers")
    private @Nullable File waivers;

    /** Whether a scan that could not check everything fails the quality gate. */
    @Parameter(property = "websentry.failOnIncomplete", defaultValue = "" + GateConditions.DEFAULT_FAIL_ON_INCOMPLETE)
    private @Nullable String failOnIncomplete;

    /**
     * The directory of the report files. The default is {@code websentry} in the build directory, and without a POM
     * {@code target/websentry} in the current directory.
     */
    @Parameter(property = "websentry.outputDirectory", defaultValue = "${project.build.directory}/" + DIRECTORY)
    private @Nullable File outputDirectory;

    @Parameter(defaultValue = "${session.executionRootDirectory}", readonly = true)
    private @Nullable String startDirectory;

    /** The formats of the report files: json, html, sarif, markdown, badge and junit. */
    @Parameter(property = "websentry.formats", defaultValue = ReportFiles.DEFAULT_FORMAT_NAMES)
    private @Nullable List<String> formats;

    /** Skips the goal if true. */
    @Parameter(property = "websentry.skip", defaultValue = "false")
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
            if (texts.flag(Option.SKIP)) {
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
        File directory = outputDirectory;
        // Without a POM there is no base directory, and the default contains an unresolved expression.
        return directory == null || directory.getPath().contains("${project.")
                ? new File(startDirectory + "/target", DIRECTORY).getPath()
                : directory.getPath();
    }

    void progress(SiteResult site) {
        getLog().info(site.progressLine());
    }

    static @Nullable String path(@Nullable File file) {
        return file == null ? null : file.getPath();
    }
}
