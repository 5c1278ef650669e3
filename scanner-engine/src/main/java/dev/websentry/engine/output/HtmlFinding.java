package dev.websentry.engine.output;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.CheckResult;
import java.util.List;
import java.util.stream.Collectors;

/** Writes one finding of the HTML report: what was found, what is expected, and how to fix it. */
final class HtmlFinding {
    private HtmlFinding() {}

    static String write(CheckResult check, GateResult gate) {
        StringBuilder html = new StringBuilder("<article>\n<div class=\"top\">")
                .append(badge(check))
                .append("<h3>")
                .append(TextSanitizer.escapeMarkup(check.name()))
                .append("</h3><small>")
                .append(TextSanitizer.escapeMarkup(metadata(check)))
                .append("</small></div>\n<p class=\"value\">")
                .append(TextSanitizer.escapeMarkup(check.value()))
                .append("</p>\n");
        if (!check.description().isEmpty()) {
            html.append("<p><small>Expected:</small> ")
                    .append(TextSanitizer.escapeMarkup(check.description()))
                    .append("</p>\n");
        }
        gate.waiver(check.id())
                .ifPresent(waiver -> html.append("<p><strong>Waived</strong> until ")
                        .append(waiver.until())
                        .append(": ")
                        .append(TextSanitizer.escapeMarkup(waiver.reason()))
                        .append("</p>\n"));
        if (!check.evidence().isEmpty()) {
            html.append("<h4>Evidence</h4>\n").append(pre(String.join("\n", check.evidence())));
        }
        html.append(remediation(check.remediation())).append(links(check.references()));
        return html.append("</article>\n").toString();
    }

    /** Returns the outcome label of a check as an HTML element. */
    static String badge(CheckResult check) {
        return "<span class=\"badge " + ReportWording.cssClass(check) + "\">"
                + TextSanitizer.escapeMarkup(ReportWording.outcomeLabel(check)) + "</span>";
    }

    private static String metadata(CheckResult check) {
        String points = ReportWording.pointsText(check);
        return check.id() + (check.id().isEmpty() || points.isEmpty() ? "" : ", ") + points;
    }

    private static String remediation(Remediation remediation) {
        if (remediation.text().isEmpty() && remediation.configs().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h4>How to fix it</h4>\n<p>")
                .append(TextSanitizer.escapeMarkup(remediation.text()))
                .append("</p>\n");
        for (Remediation.ConfigSnippet config : remediation.configs()) {
            html.append("<h4>")
                    .append(TextSanitizer.escapeMarkup(config.target()))
                    .append("</h4>\n")
                    .append(pre(config.code()));
        }
        return html.toString();
    }

    /** Links only http and https URLs, because a report from another source may contain any text as a reference. */
    private static String links(List<String> references) {
        List<String> links = references.stream()
                .filter(url -> url.startsWith("https://") || url.startsWith("http://"))
                .map(TextSanitizer::escapeMarkup)
                .toList();
        if (links.isEmpty()) {
            return "";
        }
        return links.stream()
                .map(url -> "<li><a href=\"" + url + "\" rel=\"noopener noreferrer\">" + url + "</a></li>")
                .collect(Collectors.joining("\n", "<h4>References</h4>\n<ul class=\"plain\">\n", "\n</ul>\n"));
    }

    private static String pre(String code) {
        return "<pre><code>" + TextSanitizer.escapeMarkup(code.stripTrailing()) + "</code></pre>\n";
    }
}
