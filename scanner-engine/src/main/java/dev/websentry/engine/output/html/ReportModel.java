package dev.websentry.engine.output.html;

import dev.websentry.engine.gate.FixPlan;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A report as the templates show it.
 *
 * @param url the URL that was scanned
 * @param scannedAt the start of the scan in the format of RFC 3339
 * @param time the start of the scan for readers
 * @param facts how long the scan took, and where redirects led to
 * @param notes what limits the score, and the result of the quality gate
 * @param plan the findings to fix first; empty if there are only a few findings
 * @param findings the findings by category, without waived ones
 * @param waived the waived findings and checks
 * @param unchecked the checks that could not be checked, without waived ones
 * @param versions the versions that produced the report
 */
record ReportModel(
        String url,
        GradeModel grade,
        String scannedAt,
        String time,
        String facts,
        List<Note> notes,
        List<CategoryModel> categories,
        Optional<PlanModel> plan,
        List<FindingGroup> findings,
        List<CheckModel> waived,
        List<CheckModel> unchecked,
        String versions) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static ReportModel of(Report report, Optional<GateResult> gate) {
        List<Waiver> waivers = gate.map(GateResult::waived).orElse(List.of());
        Optional<FixPlan> plan = FixPlan.of(report, waivers);
        Set<CheckResult> first = plan.map(fixes -> Set.copyOf(fixes.checks())).orElse(Set.of());
        CheckModelFactory checks = new CheckModelFactory(gate, first);
        return new ReportModel(
                TextSanitizer.markupText(report.url()),
                GradeModel.of(report.grade(), report.score()),
                report.scannedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                TIME.format(report.scannedAt()),
                TextSanitizer.markupText(facts(report)),
                notes(report, gate),
                report.categories().stream()
                        .map(category -> CategoryModel.of(category, checks))
                        .toList(),
                plan.map(fixes -> PlanModel.of(fixes, checks)),
                groups(report, checks),
                report.checks().filter(checks::isWaived).map(checks::create).toList(),
                report.checks()
                        .filter(check -> check.isUnchecked() && !checks.isWaived(check))
                        .map(checks::create)
                        .toList(),
                TextSanitizer.markupText(versions(report)));
    }

    /** Returns the number of findings, without waived ones. */
    int findingCount() {
        return findings.stream().mapToInt(group -> group.checks().size()).sum();
    }

    /** Returns the number of checks of each kind, in the order of the filter. */
    List<CheckFilterModel> filters() {
        return CheckFilterModel.of(categories.stream()
                .flatMap(category -> category.checks().stream())
                .toList());
    }

    private static String facts(Report report) {
        String finalUrl = report.finalUrl()
                .filter(url -> !url.equals(report.url()))
                .map(url -> ", final URL " + url)
                .orElse("");
        return "in " + String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0) + finalUrl;
    }

    private static List<Note> notes(Report report, Optional<GateResult> gate) {
        List<Note> notes = new ArrayList<>();
        gate.ifPresent(result -> {
            if (result.isPassed()) {
                notes.add(Note.of(ReportColor.PASS, "Quality gate passed"));
            }
            result.reasons().forEach(reason -> notes.add(Note.of(ReportColor.FAIL, "Quality gate failed: " + reason)));
            if (result.score() != report.score()) {
                notes.add(Note.of(
                        ReportColor.WARN,
                        "Quality gate score with waivers: " + result.score() + " ("
                                + result.grade().label() + ")"));
            }
            result.notes().forEach(line -> notes.add(Note.of(ReportColor.WARN, line)));
        });
        ReportWording.notes(report).forEach(line -> notes.add(Note.of(ReportColor.WARN, line)));
        return notes;
    }

    private static List<FindingGroup> groups(Report report, CheckModelFactory checks) {
        List<FindingGroup> groups = new ArrayList<>();
        for (CategoryResult category : report.categories()) {
            List<CheckModel> findings = ReportWording.findings(category).stream()
                    .filter(check -> !checks.isWaived(check))
                    .map(checks::create)
                    .toList();
            if (!findings.isEmpty()) {
                groups.add(new FindingGroup(category.name(), lost(category, checks), findings));
            }
        }
        return groups;
    }

    /** Returns the points that the findings of a category cost; empty if the report has no points of single checks. */
    private static String lost(CategoryResult category, CheckModelFactory checks) {
        int halves = category.checks().stream()
                .filter(check -> check.isFinding() && !checks.isWaived(check))
                .mapToInt(check -> check.maxPointHalves() - check.pointHalves())
                .sum();
        return halves == 0 ? "" : ReportWording.points(halves) + " lost";
    }

    private static String versions(Report report) {
        String versions = report.versions()
                .map(v -> "WebSentry " + v.engine() + ", scoring version " + v.scoring() + ", report schema "
                        + v.schema())
                .orElse("Report of the WebSentry service, which does not report whether the scan is complete");
        return versions + ". Scan " + report.id() + ".";
    }

    /** A grade with its score and color. */
    record GradeModel(String label, int score, String color) {
        static GradeModel of(Grade grade, int score) {
            return new GradeModel(
                    grade.label(), score, ReportColor.ofGrade(grade).cssClass());
        }
    }

    /** A sentence about the whole report. */
    record Note(String color, String text) {
        static Note of(ReportColor color, String text) {
            return new Note(color.cssClass(), TextSanitizer.markupText(text));
        }
    }

    /**
     * A category with its score bar and its checks.
     *
     * @param points score, maximum and grade, such as "25 / 30 (A)"
     * @param percent the share of the points that was earned, 0 to 100
     */
    record CategoryModel(String key, String name, String points, int percent, String color, List<CheckModel> checks) {
        static CategoryModel of(CategoryResult category, CheckModelFactory checks) {
            boolean scored = category.maxScore() > 0;
            return new CategoryModel(
                    category.key(),
                    category.name(),
                    scored
                            ? category.score() + " / " + category.maxScore() + " (" + category.gradeLabel() + ")"
                            : category.gradeLabel(),
                    scored ? 100 * category.score() / category.maxScore() : 0,
                    category.grade()
                            .map(ReportColor::ofGrade)
                            .orElse(ReportColor.NONE)
                            .cssClass(),
                    category.checks().stream().map(checks::create).toList());
        }
    }

    /** The findings of one category. */
    record FindingGroup(String category, String lost, List<CheckModel> checks) {}

    /**
     * The findings to fix first.
     *
     * @param effect the grades and scores before and after
     */
    record PlanModel(String effect, List<CheckModel> checks) {
        static PlanModel of(FixPlan plan, CheckModelFactory checks) {
            return new PlanModel(
                    graded(plan.before()) + " \u2192 " + graded(plan.after()),
                    plan.checks().stream().map(checks::create).collect(Collectors.toList()));
        }

        private static String graded(int score) {
            return Grade.ofScore(score).label() + " (" + score + ")";
        }
    }
}
