package dev.websentry.engine.output;

import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import dev.websentry.engine.syntax.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the console summary of a scan: the grade, the category scores and caps, then every finding with its value and
 * remediation, worst first. All lines are safe to print: control characters from the scanned site are escaped.
 */
public final class ConsoleSummary {
    private static final int MAX_CODE_LINES = 2;

    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(Report report) {
        this.report = report;
    }

    /** Returns a progress line for a finished scan. */
    public static String progressLine(Report report) {
        return TextSanitizer.singleLine(
                report.url() + ": " + grade(report) + ", " + findings(report) + ", took " + seconds(report));
    }

    /** Returns the lines of the complete summary of one scan. */
    public static List<String> lines(Report report, GateResult gate) {
        ConsoleSummary summary = new ConsoleSummary(report);
        summary.header();
        ReportWording.findings(report).forEach(check -> summary.finding(check, gate));
        summary.unchecked(gate);
        summary.gate(gate);
        return summary.lines.stream().map(TextSanitizer::singleLine).toList();
    }

    private void header() {
        lines.add(report.url() + ": " + grade(report));
        report.finalUrl()
                .filter(url -> !url.contains("//" + report.url().replaceFirst("^[a-z]+://", "")))
                .ifPresent(url -> lines.add("  Final URL: " + url));
        for (CategoryResult category : report.categories()) {
            String score =
                    category.maxScore() == 0 ? "  -  " : String.format("%2d/%d", category.score(), category.maxScore());
            lines.add(String.format("  %-22s  %s  %s", category.name(), score, category.gradeLabel()));
        }
        for (ScoreCap cap : report.caps()) {
            String checkId = cap.checkId().map(id -> " (" + id + ")").orElse("");
            lines.add("  Score capped at " + cap.limit() + ": " + cap.reason() + checkId);
        }
    }

    private void finding(CheckResult check, GateResult gate) {
        String id = check.id().map(text -> text + ", ").orElse("");
        String points = check.maxPointHalves() == 0 ? "" : " (" + id + ReportWording.pointsText(check) + ")";
        boolean waived = gate.isWaived(check);
        String label = (waived ? "waived " : "") + check.status().label();
        lines.add("  " + label.toUpperCase(Locale.ROOT) + "  " + check.name() + points);
        gate.waiver(check).ifPresent(waiver -> lines.add("        " + ReportWording.waived(waiver)));
        lines.add("        " + check.value());
        if (!check.remediation().text().isEmpty()) {
            lines.add("        -> " + check.remediation().text());
            check.remediation().configs().stream()
                    .findFirst()
                    .filter(config -> config.code().lines().count() <= MAX_CODE_LINES)
                    .ifPresent(this::config);
        }
    }

    /** Adds a short configuration example. The reports contain longer examples and those of other servers. */
    private void config(Remediation.ConfigSnippet config) {
        lines.add("           " + config.target() + ":");
        config.code().lines().forEach(line -> lines.add("             " + line));
    }

    private void unchecked(GateResult gate) {
        for (CheckResult check : ReportWording.uncheckedChecks(report)) {
            String id = check.id().map(text -> " (" + text + ")").orElse("");
            lines.add((gate.isWaived(check) ? "  WAIVED" : " ") + " NOT CHECKED  " + check.name() + id + ": "
                    + ReportWording.notCheckedReason(check));
        }
    }

    private void gate(GateResult gate) {
        if (gate.isPassed()) {
            lines.add("  Quality gate passed");
        }
        if (gate.score() != report.score()) {
            lines.add("  Quality gate score with waivers: " + gate.score() + " ("
                    + gate.grade().label() + ")");
        }
        gate.notes().forEach(note -> lines.add("  Note: " + note));
        gate.reasons().forEach(reason -> lines.add("  Quality gate failed: " + reason));
    }

    private static String grade(Report report) {
        String beforeCaps = report.rawScore() == report.score() ? "" : ", " + report.rawScore() + " before caps";
        String incomplete = report.complete() ? "" : ", incomplete";
        return "grade " + report.grade().label() + " (" + report.score() + " of 100" + beforeCaps + incomplete + ")";
    }

    private static String findings(Report report) {
        return count(report, CheckStatus.FAIL) + " failed, " + Quantity.of(count(report, CheckStatus.WARN), "warning");
    }

    private static long count(Report report, CheckStatus status) {
        return ReportWording.findings(report).stream()
                .filter(check -> check.status() == status)
                .count();
    }

    private static String seconds(Report report) {
        return String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0);
    }
}
