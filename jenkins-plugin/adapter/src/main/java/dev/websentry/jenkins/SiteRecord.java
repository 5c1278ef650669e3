package dev.websentry.jenkins;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import java.util.List;

/**
 * The result of one site as a build stores it.
 *
 * @param error why the site could not be scanned; empty if it was scanned. The other components are meaningful only
 *     then
 * @param grade the label of the report's grade
 * @param score the report's score, 0 to 100
 * @param complete whether every check was checked
 * @param gate the result of the quality gate
 */
public record SiteRecord(
        String url,
        String error,
        String grade,
        int score,
        boolean complete,
        GateResult gate,
        List<CategoryRecord> categories) {
    private static final GateResult NO_GATE = new GateResult(0, List.of(), List.of(), List.of());

    public SiteRecord {
        categories = List.copyOf(categories);
    }

    /** Creates the record of a site that could not be scanned. */
    public static SiteRecord failed(String url, String error) {
        return new SiteRecord(url, error, "", 0, false, NO_GATE, List.of());
    }

    /** Creates the record of a site that was scanned. */
    static SiteRecord graded(String url, Report report, GateResult gate) {
        List<CategoryRecord> categories = report.categories().stream()
                .map(category -> new CategoryRecord(
                        category.key(), category.name(), category.score(), category.maxScore(), category.gradeLabel()))
                .toList();
        return new SiteRecord(url, "", report.grade().label(), report.score(), report.complete(), gate, categories);
    }

    /** Returns whether the site was scanned. */
    public boolean isGraded() {
        return error.isEmpty();
    }

    /** Returns whether the site was scanned and passed the quality gate. */
    public boolean isPassed() {
        return isGraded() && gate.isPassed();
    }

    /** Returns whether waivers change the score that the quality gate evaluates. */
    public boolean isGateScoreDifferent() {
        return isGraded() && !gate.waived().isEmpty() && gate.score() != score;
    }
}
