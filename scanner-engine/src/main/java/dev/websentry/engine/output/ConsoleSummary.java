package dev.websentry.engine.output;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person whose build just broke needs: the grade and where it comes from, then every finding with what was seen and
 * what to do, worst first. Lines are safe to print: no control character of a site reaches the terminal.
 */
public final class ConsoleSummary {
    private static final int MOST_CODE_LINES = 2;

    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(Report report) {
        this.report = report;
    }

    /** One line a finished scan, for progress. */
    public static String progress(Report report) {
        return PlainText.line(
                report.url() + ": " + grade(report) + ", " + findings(report) + ", took " + seconds(report));
    }

    /** The whole summary of one scan. */
    public static List<String> lines(Report report, GateResult gate) {
        ConsoleSummary summary = new ConsoleSummary(report);
        summary.head();
        Findings.of(report).forEach(check -> summary.finding(check, gate));
        summary.unchecked(gate);
        summary.gate(gate);
        return summary.lines.stream().map(PlainText::line).toList();
    }

    private void head() {
        lines.add(report.url() + ": " + grade(report));
        report.finalUrl()
                .filter(url -> !url.contains("//" + report.url().replaceFirst("^[a-z]+://", "")))
                .ifPresent(url -> lines.add("  ends at " + url));
        for (CategoryResult category : report.categories()) {
            String score =
                    category.maxScore() == 0 ? "  -  " : String.format("%2d/%d", category.score(), category.maxScore());
            lines.add(String.format("  %-22s  %s  %s", category.name(), score, category.grade()));
        }
        for (ScoreCap cap : report.caps()) {
            String by = cap.checkId().isEmpty() ? "" : " (" + cap.checkId() + ")";
            lines.add("  At most " + cap.limit() + " points: " + cap.reason() + by);
        }
    }

    private void finding(CheckResult check, GateResult gate) {
        String id = check.id().isEmpty() ? "" : check.id() + ", ";
        String points = check.maxPointHalves() == 0 ? "" : " (" + id + Findings.points(check) + ")";
        boolean waived = gate.isWaived(check.id());
        String label = (waived ? "waived " : "") + check.status();
        lines.add("  " + label.toUpperCase(Locale.ROOT) + "  " + check.name() + points);
        gate.waiver(check.id())
                .ifPresent(waiver -> lines.add("        waived until " + waiver.until() + ": " + waiver.reason()));
        lines.add("        " + check.value());
        if (!check.remediation().text().isEmpty()) {
            lines.add("        -> " + check.remediation().text());
            check.remediation().configs().stream()
                    .findFirst()
                    .filter(config -> config.code().lines().count() <= MOST_CODE_LINES)
                    .ifPresent(this::config);
        }
    }

    /** A short configuration, so that nobody has to open a file for it; longer ones and other servers' are in the reports. */
    private void config(Remediation.Config config) {
        lines.add("           " + config.target() + ":");
        config.code().lines().forEach(line -> lines.add("             " + line));
    }

    private void unchecked(GateResult gate) {
        for (CheckResult check : Findings.unchecked(report)) {
            String id = check.id().isEmpty() ? "" : " (" + check.id() + ")";
            lines.add((gate.isWaived(check.id()) ? "  WAIVED" : " ") + " NOT CHECKED  " + check.name() + id + ": "
                    + Findings.reason(check));
        }
    }

    private void gate(GateResult gate) {
        if (gate.isOpen()) {
            lines.add("  Gate: open");
        }
        if (gate.score() != report.score()) {
            lines.add("  Gate score with waivers: " + gate.score() + " ("
                    + gate.grade().label() + ")");
        }
        gate.notes().forEach(note -> lines.add("  Note: " + note));
        gate.reasons().forEach(reason -> lines.add("  Gate closed: " + reason));
    }

    private static String grade(Report report) {
        String before = report.rawScore() == report.score() ? "" : ", " + report.rawScore() + " before caps";
        String incomplete = report.complete() ? "" : ", incomplete";
        return "grade " + report.grade().label() + " (" + report.score() + " of 100" + before + incomplete + ")";
    }

    private static String findings(Report report) {
        return count(report, "fail") + " failed, " + count(report, "warn") + " warned";
    }

    private static long count(Report report, String status) {
        return Findings.of(report).stream()
                .filter(check -> check.status().equals(status))
                .count();
    }

    private static String seconds(Report report) {
        return String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0);
    }
}
