package dev.websentry.server.dashboard;

import dev.websentry.engine.output.ReportWording;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as the report page shows it. All texts come from the engine.
 *
 * @param finalUrl null if it equals the scanned URL or is unknown
 * @param tone the CSS class of the grade's color
 * @param notes the reasons that limit the score
 * @param filters the available filters with their numbers of checks; the first matches all checks
 * @param categories the categories with the checks that match the selected filter
 */
record ReportView(
        String url,
        @Nullable String finalUrl,
        String grade,
        int score,
        String tone,
        DisplayTime scannedAt,
        String took,
        String versions,
        List<String> notes,
        List<CheckFilter> filters,
        List<CategoryView> categories) {

    /**
     * Creates the view of a report.
     *
     * @param show the key of the selected filter; an unknown key selects all checks
     */
    static ReportView of(Report report, String show) {
        List<CheckFilter> filters = CheckFilter.of(checks(report).toList(), show);
        CheckFilter selected =
                filters.stream().filter(CheckFilter::selected).findFirst().orElse(filters.get(0));
        SnippetNumbers numbers = new SnippetNumbers();
        return new ReportView(
                report.url(),
                report.finalUrl().filter(url -> !url.equals(report.url())).orElse(null),
                report.grade().label(),
                report.score(),
                GradeColor.ofScore(report.score()),
                DisplayTime.of(report.scannedAt()),
                String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0),
                report.versions()
                        .map(v -> "WebSentry " + v.engine() + ", scoring version " + v.scoring())
                        .orElse(""),
                ReportWording.notes(report),
                filters,
                report.categories().stream()
                        .map(category -> CategoryView.of(category, selected, numbers))
                        .toList());
    }

    private static Stream<CheckResult> checks(Report report) {
        return report.categories().stream().flatMap(category -> category.checks().stream());
    }

    /** A category with its score bar and its checks. */
    record CategoryView(String key, String name, String points, int percent, String tone, List<CheckView> checks) {
        static CategoryView of(CategoryResult category, CheckFilter selected, SnippetNumbers numbers) {
            boolean scored = category.maxScore() > 0;
            int percent = scored ? 100 * category.score() / category.maxScore() : 0;
            return new CategoryView(
                    category.key(),
                    category.name(),
                    scored
                            ? category.score() + " / " + category.maxScore() + " (" + category.grade() + ")"
                            : category.grade(),
                    percent,
                    scored ? GradeColor.ofScore(percent) : "none",
                    category.checks().stream()
                            .filter(selected.kind()::shows)
                            .map(check -> CheckView.of(check, numbers))
                            .toList());
        }
    }

    /** Numbers the configuration snippets of a page, so that each has an element id that its copy button refers to. */
    static final class SnippetNumbers {
        private int last;

        int next() {
            return ++last;
        }
    }
}
