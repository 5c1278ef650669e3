package dev.websentry.engine.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.gate.GateJson;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;

/** The JSON files: a report as the API answers it, with the gate beside the scan; or why there is none. */
public final class JsonReport {
    private JsonReport() {}

    static String write(Report report, GateResult gate) {
        ObjectNode answer = ReportJson.answer(report);
        answer.set("gate", GateJson.of(gate));
        return ReportJson.text(answer);
    }

    /** A scan that could not run, in the documented shape of an error: {@code ok} and {@code error}, then our additions. */
    public static String error(Target target, ScanException error) {
        return ReportJson.text(JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("error", String.valueOf(error.getMessage()))
                .put("reason", error.reason().code())
                .put("url", target.given()));
    }
}
