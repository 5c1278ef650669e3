package io.jenkins.plugins.websentry;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.jenkins.SiteRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The page of one site.
 *
 * @param action the step's result that the site belongs to
 * @param number the number of the site in the step, from 1
 * @param report null if the report was deleted or cannot be read
 */
public record SiteView(WebSentryAction action, int number, SiteRecord record, @Nullable Report report) {
    /** The rendered report has no script. The policy limits what text of a site could do if it were not escaped. */
    private static final String REPORT_POLICY =
            "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    public WebSentryAction getAction() {
        return action;
    }

    public SiteRecord getRecord() {
        return record;
    }

    public @Nullable Report getReport() {
        return report;
    }

    /** Returns the path of the page below the page of the step. */
    public String getPath() {
        return "site/" + number + "/";
    }

    /** Returns the findings that are not waived, those with most lost points first. */
    public List<CheckResult> findings() {
        return report == null
                ? List.of()
                : ReportWording.findings(report).stream()
                        .filter(check -> !isWaived(check))
                        .toList();
    }

    /** Returns the waived checks. */
    public List<CheckResult> waivedChecks() {
        return report == null
                ? List.of()
                : report.categories().stream()
                        .flatMap(category -> category.checks().stream())
                        .filter(this::isWaived)
                        .toList();
    }

    public boolean isWaived(CheckResult check) {
        return record.gate().isWaived(check.id());
    }

    /** Returns when a waiver ends and why the finding is accepted; empty for builds that did not store it. */
    public String waiverText(CheckResult check) {
        return record.gate()
                .waiver(check.id())
                .filter(waiver -> !waiver.reason().isEmpty())
                .map(SiteView::waiverText)
                .orElse("");
    }

    private static String waiverText(Waiver waiver) {
        return Messages.waivedUntil(waiver.until().toString(), waiver.reason());
    }

    /** Returns what limits the score and what the report does not contain. */
    public List<String> notes() {
        return report == null ? List.of() : ReportWording.notes(report);
    }

    public String label(CheckResult check) {
        return isWaived(check) ? Messages.waived() : ReportWording.outcomeLabel(check);
    }

    /** Returns the part of the CSS class that stands for the outcome. */
    public String cssClass(CheckResult check) {
        return isWaived(check) ? "waived" : ReportWording.cssClass(check);
    }

    public String points(CheckResult check) {
        return ReportWording.pointsText(check);
    }

    /** Returns the evidence of a check, one observation a line. */
    public String evidence(CheckResult check) {
        return String.join("\n", check.evidence());
    }

    /** Returns the products that a check has configuration for, such as "nginx, Apache httpd". */
    public String targets(CheckResult check) {
        return check.remediation().configs().stream()
                .map(Remediation.ConfigSnippet::target)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Returns the references that are web links: a report from a server or an agent can contain any text. */
    public List<String> links(CheckResult check) {
        return check.references().stream()
                .filter(url -> url.startsWith("https://") || url.startsWith("http://"))
                .toList();
    }

    /** Serves the report as a self-contained page, rendered from the stored JSON. */
    public void doHtml(StaplerResponse2 response) throws IOException {
        serve(response, ReportFormat.HTML, "text/html");
    }

    /** Serves the report for programs. */
    public void doJson(StaplerResponse2 response) throws IOException {
        serve(response, ReportFormat.JSON, "application/json");
    }

    private void serve(StaplerResponse2 response, ReportFormat format, String type) throws IOException {
        if (report == null) {
            response.sendError(404);
            return;
        }
        for (String policy : List.of("Content-Security-Policy", "X-Content-Security-Policy", "X-WebKit-CSP")) {
            response.setHeader(policy, REPORT_POLICY);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type + "; charset=utf-8");
        response.getOutputStream().write(format.write(report, record.gate()).getBytes(StandardCharsets.UTF_8));
    }
}
