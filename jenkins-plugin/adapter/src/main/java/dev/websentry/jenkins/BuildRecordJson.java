package dev.websentry.jenkins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads a record as JSON. The file is stored with the build for years. Older files must stay readable:
 * fields are added and never renamed, and a field that an old file lacks is read as empty.
 */
final class BuildRecordJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORMAT = 1;

    private BuildRecordJson() {}

    static String write(BuildRecord run) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        ArrayNode sites = root.putArray("sites");
        run.sites().forEach(site -> sites.add(site(site)));
        root.set("failures", array(run.failures()));
        root.set("unstable", array(run.unstable()));
        return root.toPrettyString() + "\n";
    }

    /** @throws IllegalArgumentException if the text is not a record, or if its format is newer than this version */
    static BuildRecord read(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("invalid JSON: " + e.getOriginalMessage(), e);
        }
        int format = root.path("format").asInt(0);
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException("unknown format " + format + "; this version of the plugin reads 1 to "
                    + FORMAT + "; a newer version may have written the file");
        }
        List<SiteRecord> sites = new ArrayList<>();
        root.path("sites").forEach(site -> sites.add(site(site)));
        return new BuildRecord(sites, strings(root.path("failures")), strings(root.path("unstable")));
    }

    private static ObjectNode site(SiteRecord site) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("url", site.url());
        if (!site.isGraded()) {
            return json.put("error", site.error());
        }
        GateResult gate = site.gate();
        json.put("grade", site.grade()).put("score", site.score()).put("complete", site.complete());
        json.put("gateScore", gate.score());
        json.set("closedBecause", array(gate.reasons()));
        json.set("notes", array(gate.notes()));
        json.set("waived", array(gate.waived().stream().map(Waiver::checkId).toList()));
        ArrayNode waivers = json.putArray("waivers");
        gate.waived()
                .forEach(waiver -> waivers.addObject()
                        .put("checkId", waiver.checkId())
                        .put("reason", waiver.reason())
                        .put("until", waiver.until().toString())
                        .set("hosts", array(waiver.hosts())));
        ObjectNode categories = json.putObject("categories");
        for (CategoryRecord category : site.categories()) {
            categories
                    .putObject(category.key())
                    .put("name", category.name())
                    .put("score", category.score())
                    .put("maxScore", category.maxScore())
                    .put("grade", category.grade());
        }
        return json;
    }

    private static SiteRecord site(JsonNode json) {
        String url = json.path("url").asText("");
        String error = json.path("error").asText("");
        if (!error.isEmpty()) {
            return SiteRecord.failed(url, error);
        }
        List<CategoryRecord> categories = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.path("categories").properties()) {
            JsonNode category = entry.getValue();
            categories.add(new CategoryRecord(
                    entry.getKey(),
                    category.path("name").asText(entry.getKey()),
                    category.path("score").asInt(),
                    category.path("maxScore").asInt(),
                    category.path("grade").asText("")));
        }
        int score = json.path("score").asInt();
        GateResult gate = new GateResult(
                json.path("gateScore").asInt(score),
                strings(json.path("closedBecause")),
                strings(json.path("notes")),
                waivers(json));
        return new SiteRecord(
                url,
                "",
                json.path("grade").asText(""),
                score,
                json.path("complete").asBoolean(),
                gate,
                categories);
    }

    private static List<Waiver> waivers(JsonNode site) {
        List<Waiver> waivers = new ArrayList<>();
        for (JsonNode waiver : site.path("waivers")) {
            waivers.add(new Waiver(
                    waiver.path("checkId").asText(""),
                    strings(waiver.path("hosts")),
                    waiver.path("reason").asText(""),
                    date(waiver.path("until").asText(""))));
        }
        if (site.path("waivers").isMissingNode()) {
            // Version 0.1 stored the check ids only; an empty reason marks the date as unknown.
            strings(site.path("waived")).forEach(id -> waivers.add(new Waiver(id, List.of(), "", LocalDate.EPOCH)));
        }
        return waivers;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid date \"" + text + "\"", e);
        }
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText("")));
        return texts;
    }
}
