package dev.websentry.engine.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a quality gate result as the {@code gate} object, which is a sibling of {@code scan} in a report file. */
public final class GateJson {
    private GateJson() {}

    /** Returns the JSON object of a result. */
    public static ObjectNode toJson(GateResult result) {
        ObjectNode gate = JsonNodeFactory.instance.objectNode();
        gate.put("open", result.isPassed())
                .put("gateScore", result.score())
                .put("gateGrade", result.grade().label());
        ArrayNode reasons = gate.putArray("reasons");
        result.reasons().forEach(reasons::add);
        ArrayNode notes = gate.putArray("notes");
        result.notes().forEach(notes::add);
        ArrayNode waived = gate.putArray("waived");
        result.waived().forEach(waiver -> waived.add(toJson(waiver)));
        return gate;
    }

    private static ObjectNode toJson(Waiver waiver) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("checkId", waiver.checkId())
                .put("host", waiver.hosts().isEmpty() ? null : String.join(", ", waiver.hosts()));
        ArrayNode hosts = json.putArray("hosts");
        waiver.hosts().forEach(hosts::add);
        return json.put("reason", waiver.reason()).put("until", waiver.until().toString());
    }
}
