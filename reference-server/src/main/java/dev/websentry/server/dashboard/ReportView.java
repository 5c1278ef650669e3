package dev.websentry.server.dashboard;

import dev.websentry.engine.output.Findings;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as its page shows it. Everything said in it comes from the engine.
 *
 * @param finalUrl null where it is the address that was asked for, or is not known
 * @param tone of the grade
 * @param notes what limits the score
 * @param tally how many checks ended how, for the filter; the first counts all
 * @param categories with those checks alone that the filter lets through
 */
record ReportView(
        String url,
        @Nullable String finalUrl,
        String grade,
        int score,
        String tone,
        When scannedAt,
        String took,
        String versions,
        List<String> notes,
        List<Filter> tally,
        List<Category> categories) {

    static ReportView of(Report report, String show) {
        List<Filter> tally = Filter.of(checks(report).toList(), show);
        Filter chosen = tally.stream().filter(Filter::chosen).findFirst().orElse(tally.get(0));
        Numbers numbers = new Numbers();
        return new ReportView(
                report.url(),
                report.finalUrl().filter(url -> !url.equals(report.url())).orElse(null),
                report.grade().label(),
                report.score(),
                Tone.ofScore(report.score()),
                When.of(report.scannedAt()),
                String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0),
                report.versions()
                        .map(v -> "WebSentry " + v.engine() + ", scoring version " + v.scoring())
                        .orElse(""),
                Findings.notes(report),
                tally,
                report.categories().stream()
                        .map(category -> Category.of(category, chosen, numbers))
                        .toList());
    }

    private static Stream<CheckResult> checks(Report report) {
        return report.categories().stream().flatMap(category -> category.checks().stream());
    }

    /** One of the six bars, and its checks. */
    record Category(String key, String name, String points, int percent, String tone, List<CheckView> checks) {
        static Category of(CategoryResult category, Filter chosen, Numbers numbers) {
            boolean scored = category.maxScore() > 0;
            int percent = scored ? 100 * category.score() / category.maxScore() : 0;
            return new Category(
                    category.key(),
                    category.name(),
                    scored
                            ? category.score() + " / " + category.maxScore() + " (" + category.grade() + ")"
                            : category.grade(),
                    percent,
                    scored ? Tone.ofScore(percent) : "none",
                    category.checks().stream()
                            .filter(chosen.kind()::shows)
                            .map(check -> CheckView.of(check, numbers))
                            .toList());
        }
    }

    /** Counts pieces of configuration, so that each has an id that its button can name. */
    static final class Numbers {
        private int last;

        int next() {
            return ++last;
        }
    }
}
