package dev.websentry.engine.output;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report files that can be asked for. */
public enum Format {
    /** The API's answer to {@code GET /api/scan/:scanId/json}, with the gate beside it. */
    JSON(".json"),
    /** One self-contained page for people. */
    HTML(".html"),
    /** OASIS SARIF 2.1.0, for code scanning and warnings plugins. */
    SARIF(".sarif"),
    /** A summary for a pull request. */
    MARKDOWN(".md"),
    /** A picture of the grade. */
    BADGE(".svg"),
    /** Checks as test cases, for CI servers. */
    JUNIT(".junit.xml");

    private final String ending;

    Format(String ending) {
        this.ending = ending;
    }

    /** As an option spells it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its files' names end with, the dot included. */
    public String ending() {
        return ending;
    }

    /** The file's whole text. */
    public String write(Report report, GateResult gate) {
        return switch (this) {
            case JSON -> JsonReport.write(report, gate);
            case HTML -> new HtmlReport(report, gate).write();
            case SARIF -> SarifReport.of(report, gate);
            case MARKDOWN -> new MarkdownReport(report, gate).write();
            case BADGE -> Badge.write(report);
            case JUNIT -> JunitReport.write(report, gate);
        };
    }

    /**
     * The format of that label, without regard to case.
     *
     * @throws IllegalArgumentException when there is none; the message names the input and the formats
     */
    public static Format parse(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a format: expected some of "
                        + Arrays.stream(values()).map(Format::label).collect(Collectors.joining(", "))));
    }
}
