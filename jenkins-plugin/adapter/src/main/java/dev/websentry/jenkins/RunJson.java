package dev.websentry.jenkins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A record as the file that stays with a build for years. Older files must stay readable: fields are added, never renamed,
 * and what an old file lacks reads as empty.
 */
public final class RunJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORMAT = 1;

    private RunJson() {}

    /** All but the reports, which are files of their own. */
    public static String write(RunRecord run) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        ArrayNode sites = root.putArray("sites");
        run.sites().forEach(site -> sites.add(site(site)));
        root.set("failures", array(run.failures()));
        root.set("unstable", array(run.unstable()));
        return root.toPrettyString() + "\n";
    }

    /** @throws IllegalArgumentException when the text is no record, or one of a later format */
    public static RunRecord read(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        int format = root.path("format").asInt(0);
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException(
                    "format " + format + " is not known here: expected 1 to " + FORMAT + ", is the plugin too old?");
        }
        List<SiteRecord> sites = new ArrayList<>();
        root.path("sites").forEach(site -> sites.add(site(site)));
        return new RunRecord(sites, strings(root.path("failures")), strings(root.path("unstable")), Map.of());
    }

    private static ObjectNode site(SiteRecord site) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("url", site.url());
        if (!site.isGraded()) {
            return json.put("error", site.error());
        }
        json.put("grade", site.grade()).put("score", site.score()).put("complete", site.complete());
        json.set("closedBecause", array(site.closedBecause()));
        json.set("notes", array(site.notes()));
        json.set("waived", array(site.waived()));
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
        return new SiteRecord(
                json.path("url").asText(""),
                json.path("error").asText(""),
                json.path("grade").asText(""),
                json.path("score").asInt(),
                json.path("complete").asBoolean(),
                strings(json.path("closedBecause")),
                strings(json.path("notes")),
                strings(json.path("waived")),
                categories);
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
