package dev.websentry.jenkins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The result of one step as a build stores it.
 *
 * @param sites the sites in the order of the step
 * @param failures the reasons why the build fails, one line each
 * @param unstable the reasons why the build is unstable, one line each
 */
public record BuildRecord(List<SiteRecord> sites, List<String> failures, List<String> unstable) {

    /** The effect of a step on its build. */
    public enum BuildOutcome {
        SUCCESS,
        UNSTABLE,
        FAILURE
    }

    public BuildRecord {
        sites = List.copyOf(sites);
        failures = List.copyOf(failures);
        unstable = List.copyOf(unstable);
    }

    /** Returns the effect on the build: a failure outranks unstable. */
    public BuildOutcome outcome() {
        if (!failures.isEmpty()) {
            return BuildOutcome.FAILURE;
        }
        return unstable.isEmpty() ? BuildOutcome.SUCCESS : BuildOutcome.UNSTABLE;
    }

    /** Returns the graded site with the lowest score, which represents the step; empty if no site has a grade. */
    public Optional<SiteRecord> worst() {
        return sites.stream().filter(SiteRecord::isGraded).min(Comparator.comparingInt(SiteRecord::score));
    }

    /** Returns all sites: those that could not be scanned first, then the lowest scores. */
    public List<SiteRecord> worstFirst() {
        return sites.stream()
                .sorted(Comparator.comparingInt(site -> site.isGraded() ? site.score() : -1))
                .toList();
    }

    /** Returns whether every site was scanned and every check was checked. */
    public boolean complete() {
        return sites.stream().allMatch(site -> site.isGraded() && site.complete());
    }

    /** Returns the number of reasons that remain if a page shows at most this many failures and unstable sites. */
    public int hiddenReasons(int limit) {
        return Math.max(0, failures.size() - limit) + Math.max(0, unstable.size() - limit);
    }

    /** Returns all reasons for the outcome as one text; empty if the step succeeded. */
    public String message() {
        List<String> reasons = new ArrayList<>(failures);
        reasons.addAll(unstable);
        if (reasons.size() < 2) {
            return String.join("", reasons);
        }
        return reasons.size() + " reasons:\n  - " + String.join("\n  - ", reasons);
    }
}
