package dev.websentry.engine.output;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a report as a self-contained HTML page: grade and score first, then the findings, then all checks. The page
 * has no scripts and loads nothing. All text from the scanned site is escaped, and the Content-Security-Policy of the
 * page blocks scripts even if escaping failed.
 */
final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Report report;
    private final GateResult gate;
    private final StringBuilder html = new StringBuilder();

    HtmlReport(Report report, GateResult gate) {
        this.report = report;
        this.gate = gate;
    }

    /** Returns the complete page. */
    String write() {
        head();
        header();
        html.append("<main>\n");
        findings();
        unchecked();
        allChecks();
        html.append("</main>\n");
        footer();
        return html.append("</body>\n</html>\n").toString();
    }

    private void head() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(HtmlStyleSheet.contentSecurityPolicy())
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
        text(report.url() + ": grade " + report.grade().label() + " (" + report.score() + ") - WebSentry");
        html.append("</title>\n<style>").append(HtmlStyleSheet.CSS).append("</style>\n</head>\n<body>\n");
    }

    private void header() {
        html.append("<header>\n<div class=\"verdict\">\n<div class=\"grade ")
                .append(color(report.score()))
                .append("\" role=\"img\" aria-label=\"");
        text("Grade " + report.grade().label() + ", " + report.score() + " of 100");
        html.append("\"><b>");
        text(report.grade().label());
        html.append("</b><span>").append(report.score()).append(" of 100</span></div>\n<div>\n");
        element("h1", "", report.url());
        String finalUrl =
                report.finalUrl().map(url -> "final URL " + url + ", ").orElse("");
        element("p", "faint", "Scanned " + TIME.format(report.scannedAt()) + ", " + finalUrl + "took " + seconds());
        html.append("</div>\n</div>\n");
        notes();
        bars();
        html.append("</header>\n");
    }

    private void notes() {
        gate.reasons().forEach(reason -> note("fail", "Quality gate failed: " + reason));
        if (gate.score() != report.score()) {
            note(
                    "warn",
                    "Quality gate score with waivers: " + gate.score() + " ("
                            + gate.grade().label() + ")");
        }
        gate.notes().forEach(line -> note("warn", line));
        ReportWording.notes(report).forEach(line -> note("warn", line));
    }

    private void bars() {
        html.append("<ul class=\"bars\" aria-label=\"Categories\">\n");
        for (CategoryResult category : report.categories()) {
            int share = category.maxScore() == 0 ? 0 : 100 * category.score() / category.maxScore();
            html.append("<li><div><span>");
            text(category.name());
            html.append("</span><strong>");
            text(
                    category.maxScore() == 0
                            ? category.grade()
                            : category.score() + " / " + category.maxScore() + " (" + category.grade() + ")");
            html.append("</strong></div><svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"")
                    .append(" class=\"")
                    .append(color(share))
                    .append("\"><rect width=\"")
                    .append(share)
                    .append("\" height=\"1\"/></svg></li>\n");
        }
        html.append("</ul>\n");
    }

    private void findings() {
        List<CheckResult> findings = ReportWording.findings(report);
        html.append("<section aria-labelledby=\"fix\">\n<h2 id=\"fix\">What to fix (")
                .append(findings.size())
                .append(")</h2>\n");
        if (findings.isEmpty()) {
            element("p", "", "Nothing to fix: no check failed or has a warning.");
        }
        findings.forEach(check -> html.append(HtmlFinding.write(check, gate)));
        html.append("</section>\n");
    }

    private void unchecked() {
        List<CheckResult> unchecked = ReportWording.uncheckedChecks(report);
        if (unchecked.isEmpty()) {
            return;
        }
        html.append("<section aria-labelledby=\"unchecked\">\n<h2 id=\"unchecked\">Not checked (")
                .append(unchecked.size())
                .append(")</h2>\n<ul>\n");
        for (CheckResult check : unchecked) {
            String waived = gate.waiver(check.id())
                    .map(waiver -> " (waived until " + waiver.until() + ": " + waiver.reason() + ")")
                    .orElse("");
            element("li", "", check.name() + ": " + ReportWording.notCheckedReason(check) + waived);
        }
        html.append("</ul>\n</section>\n");
    }

    private void allChecks() {
        html.append("<section aria-labelledby=\"all\">\n<h2 id=\"all\">All checks</h2>\n");
        for (CategoryResult category : report.categories()) {
            html.append("<table>\n");
            element("caption", "", category.name());
            html.append("<thead><tr><th scope=\"col\">Check</th><th scope=\"col\">Result</th>")
                    .append("<th scope=\"col\">Found</th><th scope=\"col\">Points</th></tr></thead>\n<tbody>\n");
            category.checks().forEach(this::row);
            html.append("</tbody>\n</table>\n");
        }
        html.append("</section>\n");
    }

    private void row(CheckResult check) {
        html.append("<tr><th scope=\"row\">");
        text(check.name());
        html.append("</th><td>").append(HtmlFinding.badge(check)).append("</td><td>");
        text(check.value());
        html.append("</td><td>");
        text(ReportWording.pointsText(check).replaceFirst(" points?$", ""));
        html.append("</td></tr>\n");
    }

    private void footer() {
        html.append("<footer>\n");
        String versions = report.versions()
                .map(v -> "WebSentry " + v.engine() + ", scoring version " + v.scoring() + ", report schema "
                        + v.schema())
                .orElse("Report of the WebSentry service, which does not report whether the scan is complete");
        element("p", "", versions + ". Scan " + report.id() + ".");
        html.append("</footer>\n");
    }

    private void note(String color, String text) {
        html.append("<div class=\"note ").append(color).append("\">");
        element("p", "", text);
        html.append("</div>\n");
    }

    private void element(String name, String style, String text) {
        html.append('<').append(name);
        if (!style.isEmpty()) {
            html.append(" class=\"").append(style).append('"');
        }
        html.append('>');
        text(text);
        html.append("</").append(name).append(">\n");
    }

    private void text(String text) {
        html.append(TextSanitizer.escapeMarkup(text));
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0);
    }

    private static String color(int score) {
        return score >= Grade.A.minScore() ? "pass" : score >= Grade.D.minScore() ? "warn" : "fail";
    }
}
