package dev.websentry.engine.output.html;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Optional;
import java.util.function.BiConsumer;

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
        ReportModel model = ReportModel.of(report, Optional.of(gate));
        return render((output, interceptor) -> JtepageGenerated.render(output, interceptor, model));
    }

    /**
     * Returns the report without a page around it, for a page that includes {@link ReportStyleSheet#css()}. The
     * headings in it begin at {@code h2}; the page shows the URL of the report in its {@code h1}.
     *
     * @param gate the result of the quality gate; empty if the report was not evaluated
     */
    public static String body(Report report, Optional<GateResult> gate) {
        ReportModel model = ReportModel.of(report, gate);
        return render((output, interceptor) -> JtebodyGenerated.render(output, interceptor, model));
    }

    // The interceptor is called only for the tags that the build configures, and it configures none.
    @SuppressWarnings("NullAway")
    private static String render(BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
        StringOutput html = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(html), null);
        return html.toString();
    }
}
