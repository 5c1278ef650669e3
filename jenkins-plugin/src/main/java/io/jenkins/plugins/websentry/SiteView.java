package io.jenkins.plugins.websentry;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.output.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.util.List;
import java.util.stream.Collectors;

/** One site's report as the report page reads it, in the engine's own words. */
public record SiteView(Report report) {
    /** What a person should act on, what costs most first. */
    public List<CheckResult> findings() {
        return ReportWording.findings(report);
    }

    /** What limits the score, and what the report does not say. */
    public List<String> notes() {
        return ReportWording.notes(report);
    }

    public String label(CheckResult check) {
        return ReportWording.outcomeLabel(check);
    }

    public String tone(CheckResult check) {
        return ReportWording.cssClass(check);
    }

    public String points(CheckResult check) {
        return ReportWording.pointsText(check);
    }

    /** What was seen, one observation a line. */
    public String evidence(CheckResult check) {
        return String.join("\n", check.evidence());
    }

    /** What there is configuration for, such as "nginx, Apache httpd". */
    public String targets(CheckResult check) {
        return check.remediation().configs().stream()
                .map(Remediation.ConfigSnippet::target)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Links to the web alone: a report that came from a server may hold any text as a reference. */
    public List<String> links(CheckResult check) {
        return check.references().stream()
                .filter(url -> url.startsWith("https://") || url.startsWith("http://"))
                .toList();
    }
}
