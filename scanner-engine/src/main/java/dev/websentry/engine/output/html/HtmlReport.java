package dev.websentry.engine.output.html;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Optional;

/**
 * Renders a report as HTML: grade and score first, then the findings, then all checks. The output has no scripts and
 * loads nothing. All text from the scanned site is escaped by the template engine, and the Content-Security-Policy of
 * the page blocks scripts even if escaping failed.
 *
 * <p>The templates are in {@code src/main/jte}. The build compiles them to Java classes.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Returns a self-contained page. */
    public static String page(Report report, GateResult gate) {
        StringOutput html = new StringOutput();
        JtepageGenerated.render(
                new OwaspHtmlTemplateOutput(html), null, ReportModel.of(report, Optional.of(gate)));
        return html.toString();
    }

    /**
     * Returns the report without a page around it, for a page that includes {@link ReportStyleSheet#css()}. The
     * headings in it begin at {@code h2}; the page shows the URL of the report in its {@code h1}.
     *
     * @param gate the result of the quality gate; empty if the report was not evaluated
     */
    public static String body(Report report, Optional<GateResult> gate) {
        StringOutput html = new StringOutput();
        JtebodyGenerated.render(new OwaspHtmlTemplateOutput(html), null, ReportModel.of(report, gate));
        return html.toString();
    }
}
