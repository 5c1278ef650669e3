package dev.websentry.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;

/**
 * Writes a report in the JSON format of the API's {@code GET /api/scan/:scanId/json}: all documented fields, and in
 * {@code results} the fields that this engine adds.
 */
public final class ReportJsonWriter {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private ReportJsonWriter() {}

    /**
     * Returns the complete response body with {@code ok} and {@code scan}. A front end may add {@code gate} as a
     * sibling of {@code scan}.
     */
    public static ObjectNode toJson(Report report) {
        ObjectNode scan = node().put("id", report.id())
                .put("url", report.url())
                .put("grade", report.grade().label())
                .put("score", report.score());
        scan.set("results", results(report));
        scan.put("created_at", SECONDS.format(report.scannedAt()));
        ObjectNode answer = node().put("ok", true);
        answer.set("scan", scan);
        return answer;
    }

    /** Returns indented JSON text that ends with a line break. */
    public static String toPrettyString(JsonNode json) {
        return IndentedJson.write(json) + "\n";
    }

    /**
     * Returns only the {@code results} object, as text on one line. A server stores this text and serves it unchanged.
     */
    public static String resultsToString(Report report) {
        return results(report).toString();
    }

    private static ObjectNode results(Report report) {
        ObjectNode results = node().put("url", report.url())
                .put("scannedAt", MILLIS.format(report.scannedAt()))
                .put("durationMs", report.duration().toMillis())
                .put("grade", report.grade().label())
                .put("score", report.score());
        ObjectNode categories = results.putObject("categories");
        report.categories().forEach(category -> categories.set(category.key(), category(category)));
        report.versions().ifPresent(versions -> addDetails(results, report, versions));
        return results;
    }

    private static void addDetails(ObjectNode results, Report report, ReportVersions versions) {
        results.put("schemaVersion", versions.schema())
                .put("scoringVersion", versions.scoring())
                .put("engineVersion", versions.engine())
                .put("rawScore", report.rawScore())
                .put("complete", report.complete())
                .put("finalUrl", report.finalUrl().orElse(null));
        ArrayNode caps = results.putArray("caps");
        report.caps()
                .forEach(cap -> caps.addObject()
                        .put("limit", cap.limit())
                        .put("checkId", cap.checkId().orElse(null))
                        .put("reason", cap.reason()));
    }

    private static ObjectNode category(CategoryResult category) {
        ObjectNode json = node().put("name", category.name())
                .put("score", category.score())
                .put("maxScore", category.maxScore())
                .put("grade", category.gradeLabel());
        ArrayNode checks = json.putArray("checks");
        category.checks().forEach(check -> checks.add(check(check)));
        return json;
    }

    private static ObjectNode check(CheckResult check) {
        ObjectNode json = node().put("name", check.name())
                .put("status", check.status().label())
                .put("value", check.value())
                .put("description", check.description());
        check.id().ifPresent(id -> {
            json.put("id", id).put("outcome", check.outcome().name());
            json.set("points", number(check.pointHalves()));
            json.set("maxPoints", number(check.maxPointHalves()));
            json.set("evidence", strings(check.evidence()));
            ObjectNode remediation = json.putObject("remediation");
            remediation.put("text", check.remediation().text());
            ArrayNode configs = remediation.putArray("configs");
            check.remediation()
                    .configs()
                    .forEach(config ->
                            configs.addObject().put("target", config.target()).put("code", config.code()));
            json.set("reference", strings(check.references()));
        });
        return json;
    }

    /** Returns an integer node for whole points, so that 3 is not written as 3.0. */
    private static JsonNode number(int halves) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return halves % 2 == 0 ? factory.numberNode(halves / 2) : factory.numberNode(halves / 2.0);
    }

    private static ArrayNode strings(Collection<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
