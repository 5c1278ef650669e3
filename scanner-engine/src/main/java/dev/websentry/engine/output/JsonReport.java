package dev.websentry.engine.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.gate.GateJson;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;

/**
 * Writes JSON files: a report as the API returns it with the quality gate result added, or the error of a failed scan.
 */
public final class JsonReport {
    private JsonReport() {}

    /** Returns the JSON text of a report with its quality gate result. */
    static String write(Report report, GateResult gate) {
        ObjectNode json = ReportJson.answer(report);
        json.set("gate", GateJson.of(gate));
        return ReportJson.text(json);
    }

    /**
     * Returns the JSON text for a scan that could not run: the documented {@code ok} and {@code error}, and added
     * fields.
     */
    public static String error(Target target, ScanException error) {
        return ReportJson.text(JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("error", String.valueOf(error.getMessage()))
                .put("reason", error.reason().code())
                .put("url", target.given()));
    }
}
