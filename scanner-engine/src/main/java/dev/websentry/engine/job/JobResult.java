package dev.websentry.engine.job;

import dev.websentry.engine.output.wording.TextSanitizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a job.
 *
 * @param sites the results of all targets, in the order of the request
 */
public record JobResult(List<SiteResult> sites) {
    public JobResult {
        sites = List.copyOf(sites);
    }

    /** Returns the results of the targets that were scanned. */
    public List<SiteResult.GradedSite> graded() {
        return only(SiteResult.GradedSite.class).toList();
    }

    /**
     * Returns a line with the target for each scan that could not run, and for each check of a graded site that ended
     * with an internal error; safe to print.
     */
    public List<String> errors() {
        return sites.stream().flatMap(site -> site.errors().stream()).toList();
    }

    /** Returns one line for each target whose files could not be written; safe to print. */
    public List<String> fileErrors() {
        return sites.stream()
                .flatMap(site -> site.fileError().stream()
                        .map(error -> TextSanitizer.singleLine(site.target().input() + ": " + error)))
                .toList();
    }

    /**
     * Returns why the quality gate failed, one line with the target for each reason; safe to print.
     *
     * @return empty if the quality gate passed for all scanned targets
     */
    public List<String> gateFailures() {
        return only(SiteResult.GradedSite.class)
                .flatMap(site -> site.gate().reasons().stream()
                        .map(reason -> TextSanitizer.singleLine(site.target().input() + ": " + reason)))
                .toList();
    }

    private <T extends SiteResult> Stream<T> only(Class<T> kind) {
        return sites.stream().filter(kind::isInstance).map(kind::cast);
    }
}
