package dev.websentry.server.dashboard;

import dev.websentry.engine.output.Findings;
import dev.websentry.engine.report.CheckResult;
import java.util.List;

/**
 * A check on the report's page.
 *
 * @param open whether it is unfolded when the page is opened: what somebody should act on is
 * @param evidence lines as they were seen; empty when there are none
 * @param remedy empty when there is nothing to do
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
        String remedy,
        List<Config> configs,
        List<String> references) {

    static CheckView of(CheckResult check, ReportView.Numbers numbers) {
        return new CheckView(
                check.id(),
                check.name(),
                Findings.label(check),
                Findings.tone(check),
                check.value(),
                Findings.points(check),
                check.isFinding(),
                check.description(),
                String.join("\n", check.evidence()),
                check.remediation().text(),
                check.remediation().configs().stream()
                        .map(config -> new Config(
                                "config-" + numbers.next(),
                                config.target(),
                                config.code().stripTrailing()))
                        .toList(),
                check.references().stream().filter(CheckView::isWeb).toList());
    }

    private static boolean isWeb(String reference) {
        return reference.startsWith("https://") || reference.startsWith("http://");
    }

    /** A piece of configuration, ready to be copied from the element of that id. */
    record Config(String id, String target, String code) {}
}
