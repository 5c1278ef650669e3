package dev.websentry.engine.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateJson;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonWriter;

/**
 * Writes JSON files: a report as the API returns it with the quality gate result added, or the error of a failed scan.
 */
public final class JsonReport {
    private JsonReport() {}

    /** Returns the JSON text of a report with its quality gate result. */
    static String write(Report report, GateResult gate) {
        ObjectNode json = ReportJsonWriter.toJson(report);
        json.set("gate", GateJson.toJson(gate));
        return ReportJsonWriter.toPrettyString(json);
    }

    /**
     * Returns the JSON text for a scan that could not run: the documented {@code ok} and {@code error}, and added
     * fields.
     */
    public static String writeError(Target target, ScanException error) {
        return ReportJsonWriter.toPrettyString(JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("error", String.valueOf(error.getMessage()))
                .put("reason", error.reason().code())
                .put("url", target.input()));
    }
}
