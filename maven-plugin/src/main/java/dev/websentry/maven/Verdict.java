package dev.websentry.maven;

import dev.websentry.engine.run.RunResult;
import dev.websentry.engine.run.SiteResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * What a finished run means to a build: lines for the console, and whether the build goes on.
 *
 * @param failOnError whether a scan that could not run ends the build
 */
record Verdict(RunResult result, boolean failOnError, Log log) {
    /** Shows every site's summary and where its files are. */
    void show() {
        for (SiteResult.Graded site : result.graded()) {
            log.info("");
            site.summary().forEach(site.gate().isOpen() ? log::info : log::error);
        }
        log.info("");
        result.sites().forEach(site -> site.fileLines().forEach(log::info));
    }

    /**
     * Lets the build go on, or not.
     *
     * @throws MojoExecutionException when a scan could not run, unless that is to be a warning; a closed gate is named too
     * @throws MojoFailureException when the gate is closed; names every reason
     */
    void enforce() throws MojoExecutionException, MojoFailureException {
        List<String> closed = result.closedBecause();
        List<String> errors = result.errors();
        if (!errors.isEmpty() && failOnError) {
            List<String> all = new ArrayList<>(errors);
            closed.forEach(reason -> all.add("gate closed: " + reason));
            throw new MojoExecutionException(message(all));
        }
        errors.forEach(error -> log.warn(error + " (a warning, because failOnError is false)"));
        if (!closed.isEmpty()) {
            throw new MojoFailureException(message(
                    closed.stream().map(reason -> "gate closed: " + reason).toList()));
        }
    }

    private static String message(List<String> reasons) {
        return reasons.size() == 1
                ? reasons.get(0)
                : reasons.size() + " reasons:\n  - " + String.join("\n  - ", reasons);
    }
}
