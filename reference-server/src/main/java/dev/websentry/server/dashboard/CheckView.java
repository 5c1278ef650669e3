package dev.websentry.server.dashboard;

import dev.websentry.engine.output.ReportWording;
import dev.websentry.engine.report.CheckResult;
import java.util.List;

/**
 * A check as the report page shows it.
 *
 * @param open whether the check is expanded when the page opens; true for findings
 * @param evidence the observed lines, joined with line breaks; empty if there is no evidence
 * @param remediation how to fix the finding; empty if there is nothing to fix
 */
record CheckView(
        String id,
        String name,
        String status,
        String tone,
        String value,
        String points,
        boolean open,
        String description,
        String evidence,
        String remediation,
        List<ConfigSnippet> configs,
        List<String> references) {

    static CheckView of(CheckResult check, ReportView.SnippetNumbers numbers) {
        return new CheckView(
                check.id(),
                check.name(),
                ReportWording.outcomeLabel(check),
                ReportWording.cssClass(check),
                check.value(),
                ReportWording.pointsText(check),
                check.isFinding(),
                check.description(),
                String.join("\n", check.evidence()),
                check.remediation().text(),
                check.remediation().configs().stream()
                        .map(config -> new ConfigSnippet(
                                "config-" + numbers.next(),
                                config.target(),
                                config.code().stripTrailing()))
                        .toList(),
                check.references().stream().filter(CheckView::isWeb).toList());
    }

    private static boolean isWeb(String reference) {
        return reference.startsWith("https://") || reference.startsWith("http://");
    }

    /**
     * A configuration snippet with a copy button.
     *
     * @param id the id of the HTML element that contains the code
     * @param target the software that the snippet is for, such as nginx
     */
    record ConfigSnippet(String id, String target, String code) {}
}
