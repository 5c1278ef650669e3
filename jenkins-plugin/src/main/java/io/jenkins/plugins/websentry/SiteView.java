package io.jenkins.plugins.websentry;

import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.output.html.ReportStyleSheet;
import dev.websentry.engine.report.Report;
import dev.websentry.jenkins.SiteRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

    /** Returns the report as HTML. The engine escapes all text of the scanned site. */
    public String body() {
        return report == null ? "" : HtmlReport.body(report, Optional.of(record.gate()));
    }

    /** Serves the style sheet of {@link #body}, which is the same for every report. */
    public void doCss(StaplerResponse2 response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "private, max-age=3600");
        response.setContentType("text/css; charset=utf-8");
        response.getOutputStream().write(ReportStyleSheet.css().getBytes(StandardCharsets.UTF_8));
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

    /** Returns a short text: Stapler sends it in a response header if its requests are traced. */
    @Override
    public String toString() {
        return "site " + number + " of " + action.getRun();
    }
}
