package dev.websentry.engine.output;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.report.Report;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of report files. */
public enum ReportFormat {
    /** The response of {@code GET /api/scan/:scanId/json}, with the result of the quality gate added. */
    JSON(".json"),
    /** A self-contained HTML page. */
    HTML(".html"),
    /** OASIS SARIF 2.1.0, for code scanning tools and warnings plugins. */
    SARIF(".sarif"),
    /** A Markdown summary, for pull requests. */
    MARKDOWN(".md"),
    /** An SVG badge with the grade. */
    BADGE(".svg"),
    /** JUnit XML with checks as test cases, for CI servers. */
    JUNIT(".junit.xml");

    private final String extension;

    ReportFormat(String extension) {
        this.extension = extension;
    }

    /** Returns the name of the format in options, such as {@code json}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the file name extension, including the dot. */
    public String extension() {
        return extension;
    }

    /** Returns the complete text of a report file. */
    public String write(Report report, GateResult gate) {
        return switch (this) {
            case JSON -> JsonReport.write(report, gate);
            case HTML -> HtmlReport.page(report, gate);
            case SARIF -> SarifReport.write(report, gate);
            case MARKDOWN -> new MarkdownReport(report, gate).write();
            case BADGE -> SvgBadge.write(report);
            case JUNIT -> JunitReport.write(report, gate);
        };
    }

    /**
     * Returns the format with this label, ignoring case.
     *
     * @throws IllegalArgumentException if there is no such format; the message contains the input and all formats
     */
    public static ReportFormat parse(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown format \"" + label + "\"; use one or more of "
                        + Arrays.stream(values()).map(ReportFormat::label).collect(Collectors.joining(", "))));
    }
}
