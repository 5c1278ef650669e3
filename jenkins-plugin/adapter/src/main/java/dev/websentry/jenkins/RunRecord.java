package dev.websentry.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build keeps of one step.
 *
 * @param sites in the order of the step
 * @param failures every reason for which the build fails, one line each
 * @param unstable every reason for which it is unstable
 * @param reports the reports to keep, file name to text
 */
public record RunRecord(
        List<SiteRecord> sites, List<String> failures, List<String> unstable, Map<String, String> reports)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How the build goes on. */
    public enum Outcome {
        SUCCESS,
        UNSTABLE,
        FAILURE
    }

    public RunRecord {
        sites = new ArrayList<>(sites);
        failures = new ArrayList<>(failures);
        unstable = new ArrayList<>(unstable);
        reports = new LinkedHashMap<>(reports);
    }

    /** The name of the report of the site at that place, of that ending. */
    public static String reportName(int site, String ending) {
        return "site-" + (site + 1) + ending;
    }

    public Outcome outcome() {
        if (!failures.isEmpty()) {
            return Outcome.FAILURE;
        }
        return unstable.isEmpty() ? Outcome.SUCCESS : Outcome.UNSTABLE;
    }

    /** The graded site with the lowest score, which speaks for all; empty when none has a grade. */
    public Optional<SiteRecord> worst() {
        return sites.stream().filter(SiteRecord::isGraded).min(Comparator.comparingInt(SiteRecord::score));
    }

    /** Whether every site was scanned and everything checked. */
    public boolean complete() {
        return sites.stream().allMatch(site -> site.isGraded() && site.complete());
    }

    /** Every reason for the outcome in one text; empty for a success. */
    public String message() {
        List<String> reasons = new ArrayList<>(failures);
        reasons.addAll(unstable);
        if (reasons.size() < 2) {
            return String.join("", reasons);
        }
        return reasons.size() + " reasons:\n  - " + String.join("\n  - ", reasons);
    }
}
