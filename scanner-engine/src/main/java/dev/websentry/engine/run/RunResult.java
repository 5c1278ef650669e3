package dev.websentry.engine.run;

import dev.websentry.engine.output.PlainText;
import java.util.List;
import java.util.stream.Stream;

/**
 * A finished run.
 *
 * @param sites in the order of the request
 */
public record RunResult(List<SiteResult> sites) {
    public RunResult {
        sites = List.copyOf(sites);
    }

    /** Those that were scanned. */
    public List<SiteResult.Graded> graded() {
        return only(SiteResult.Graded.class).toList();
    }

    /** Every scan that could not run, one line each, safe to print. */
    public List<String> errors() {
        return only(SiteResult.Failed.class).map(SiteResult::progress).toList();
    }

    /** Why the gate is closed, one line a reason with its target, safe to print; empty when it is open. */
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
