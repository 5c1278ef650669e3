package dev.websentry.maven;

import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.SiteResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * The outcome of a finished job for the build: console output, and whether the build fails.
 *
 * @param failOnError whether a scan that could not run fails the build
 */
record BuildOutcome(JobResult result, boolean failOnError, Log log) {
    /** Logs the summary and the files of every site. */
    void logSummaries() {
        for (SiteResult.GradedSite site : result.graded()) {
            log.info("");
            site.summary().forEach(site.gate().isPassed() ? log::info : log::error);
        }
        log.info("");
        result.sites().forEach(site -> site.fileLines().forEach(log::info));
    }

    /**
     * Fails the build if necessary.
     *
     * @throws MojoExecutionException if a file could not be written, or if a scan could not run and {@code failOnError}
     *     is set; the message also contains the reasons why the quality gate failed
     * @throws MojoFailureException if the quality gate failed; the message contains every reason
     */
    void enforce() throws MojoExecutionException, MojoFailureException {
        List<String> failures = result.gateFailures().stream()
                .map(reason -> "quality gate failed: " + reason)
                .toList();
        List<String> fileErrors = result.fileErrors();
        if (!fileErrors.isEmpty()) {
            List<String> all = new ArrayList<>(fileErrors);
            all.addAll(result.errors());
            all.addAll(failures);
            throw new MojoExecutionException(message(all));
        }
        List<String> errors = result.errors();
        if (!errors.isEmpty() && failOnError) {
            List<String> all = new ArrayList<>(errors);
            all.addAll(failures);
            throw new MojoExecutionException(message(all));
        }
        errors.forEach(error -> log.warn(error + " (only a warning because failOnError is false)"));
        if (!failures.isEmpty()) {
            throw new MojoFailureException(message(failures));
        }
    }

    private static String message(List<String> reasons) {
        return reasons.size() == 1
                ? reasons.get(0)
                : reasons.size() + " reasons:\n  - " + String.join("\n  - ", reasons);
    }
}
