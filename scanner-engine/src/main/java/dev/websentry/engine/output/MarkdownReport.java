package dev.websentry.engine.output;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;

/**
 * Writes a summary in GitHub Flavored Markdown, for a comment on a pull request or the summary of a job. All text from
 * the scanned site is escaped.
 */
final class MarkdownReport {
    private final Report report;
    private final GateResult gate;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(Report report, GateResult gate) {
        this.report = report;
        this.gate = gate;
    }

    /** Returns the complete Markdown text. */
    String write() {
        line("## " + escaped(report.url()) + ": " + report.grade().label() + " (" + report.score() + " of 100)");
        gate.reasons().forEach(reason -> paragraph("**Quality gate failed:** " + escaped(reason)));
        if (gate.score() != report.score()) {
            paragraph("Quality gate score with waivers: " + gate.score() + " ("
                    + gate.grade().label() + ")");
        }
        gate.notes().forEach(note -> paragraph("Note: " + escaped(note)));
        report.caps().forEach(cap -> paragraph("Score capped at " + cap.limit() + ": " + escaped(cap.reason())));
        categories();
        findings();
        for (CheckResult check : ReportWording.uncheckedChecks(report)) {
            paragraph(waived(check) + "**Not checked:** " + escaped(check.name()) + ": "
                    + escaped(ReportWording.notCheckedReason(check)) + waiver(check));
        }
        return text.toString();
    }

    private void categories() {
        line("");
        line("| Category | Score | Grade |");
        line("|---|---:|---|");
        for (CategoryResult category : report.categories()) {
            String score = category.maxScore() == 0 ? "" : category.score() + "/" + category.maxScore();
            line("| " + escaped(category.name()) + " | " + score + " | " + escaped(category.gradeLabel()) + " |");
        }
    }

    private void findings() {
        if (ReportWording.findings(report).isEmpty()) {
            return;
        }
        line("");
        line("| | Check | Found | What to do |");
        line("|---|---|---|---|");
        for (CheckResult check : ReportWording.findings(report)) {
            line("| " + waived(check) + escaped(check.status().label()) + " | " + escaped(check.name()) + " | "
                    + escaped(check.value()) + waiver(check) + " | "
                    + escaped(check.remediation().text()) + " |");
        }
        ReportWording.findings(report).forEach(this::configs);
    }

    /** Adds the configuration examples in a collapsed section, to keep the comment on a pull request short. */
    private void configs(CheckResult check) {
        if (check.remediation().configs().isEmpty()) {
            return;
        }
        line("");
        line("<details><summary>How to fix " + escaped(check.name()) + "</summary>");
        for (Remediation.ConfigSnippet config : check.remediation().configs()) {
            paragraph(escaped(config.target()) + ":");
            line("");
            // Indented code has no end delimiter that untrusted text could contain.
            config.code().lines().forEach(code -> line("    " + TextSanitizer.singleLine(code)));
        }
        line("");
        line("</details>");
    }

    private String waived(CheckResult check) {
        return gate.isWaived(check) ? "waived " : "";
    }

    private String waiver(CheckResult check) {
        return gate.waiver(check)
                .map(waiver -> "<br>" + escaped(ReportWording.waived(waiver)))
                .orElse("");
    }

    private void paragraph(String paragraph) {
        line("");
        line(paragraph);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Escapes untrusted text so that it creates no markup, link or user mention. */
    private static String escaped(String text) {
        return TextSanitizer.singleLine(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u200b")
                .replace("://", ":\u200b//")
                .replace("www.", "www\u200b.")
                .replaceAll("([\\\\`*_{}\\[\\]()#+!|~$-])", "\\\\$1");
    }
}
