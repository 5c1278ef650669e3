package dev.websentry.engine.run;

import dev.websentry.engine.output.PlainText;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a job.
 *
 * @param sites the results of all targets, in the order of the request
 */
public record RunResult(List<SiteResult> sites) {
    public RunResult {
        sites = List.copyOf(sites);
    }

    /** Returns the results of the targets that were scanned. */
    public List<SiteResult.Graded> graded() {
        return only(SiteResult.Graded.class).toList();
    }

    /** Returns one line for each scan that could not run; safe to print. */
    public List<String> errors() {
        return only(SiteResult.Failed.class).map(SiteResult::progress).toList();
    }

    /**
     * Returns why the quality gate failed, one line with the target for each reason; safe to print.
     *
     * @return empty if the quality gate passed for all scanned targets
     */
    public List<String> closedBecause() {
        return only(SiteResult.Graded.class)
                .flatMap(site -> site.gate().reasons().stream()
                        .map(reason -> PlainText.line(site.target().given() + ": " + reason)))
                .toList();
    }

    private <T extends SiteResult> Stream<T> only(Class<T> kind) {
        return sites.stream().filter(kind::isInstance).map(kind::cast);
    }
}
