package dev.websentry.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the JSON of a report: of this engine, or of the hosted service, which writes only the documented fields. */
public final class ReportJsonReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJsonReader() {}

    /** Thrown when a text is not a report. The message names the field that is missing or invalid. */
    public static final class InvalidReportException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidReportException(String message) {
            super(message);
        }
    }

    /**
     * Reads the response of {@code GET /api/scan/:scanId/json}, or a report file.
     *
     * @throws InvalidReportException if the text is not JSON, or if a documented field is missing or has the wrong type
     */
    public static Report read(String text) throws InvalidReportException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidReportException("invalid JSON: " + e.getOriginalMessage());
        }
        JsonNode scan = object(root, "scan");
        JsonNode results = object(scan, "results");
        List<CategoryResult> categories = categories(object(results, "categories"));
        Optional<ReportVersions> versions = versions(results);
        boolean complete = results.path("complete").isBoolean()
                ? results.path("complete").booleanValue()
                : looksComplete(categories);
        int score = number(scan, "score");
        return new Report(
                string(scan, "id"),
                string(scan, "url"),
                instant(string(results, "scannedAt")),
                Duration.ofMillis(number(results, "durationMs")),
                score,
                grade(string(scan, "grade")),
                results.path("rawScore").asInt(score),
                categories,
                caps(results.path("caps")),
                complete,
                Optional.ofNullable(results.path("finalUrl").textValue()),
                versions);
    }

    /**
     * Estimates completeness for a service that does not report it: complete if no category is missing and no check is
     * marked as not checked.
     */
    private static boolean looksComplete(List<CategoryResult> categories) {
        List<String> keys = categories.stream().map(CategoryResult::key).toList();
        boolean allThere = Arrays.stream(CheckCategory.values()).allMatch(category -> keys.contains(category.key()));
        return allThere
                && categories.stream()
                        .flatMap(category -> category.checks().stream())
                        .noneMatch(check -> check.value().startsWith(CheckVerdict.NOT_CHECKED_PREFIX.strip()));
    }

    private static List<CategoryResult> categories(JsonNode json) throws InvalidReportException {
        List<CategoryResult> categories = new ArrayList<>();
        for (var entry : json.properties()) {
            JsonNode category = entry.getValue();
            List<CheckResult> checks = new ArrayList<>();
            for (JsonNode check : array(category, "checks")) {
                checks.add(check(check));
            }
            categories.add(new CategoryResult(
                    entry.getKey(),
                    string(category, "name"),
                    number(category, "score"),
                    number(category, "maxScore"),
                    string(category, "grade"),
                    checks));
        }
        return categories;
    }

    private static CheckResult check(JsonNode json) throws InvalidReportException {
        return new CheckResult(
                json.path("id").asText(""),
                string(json, "name"),
                string(json, "status"),
                outcome(json.path("outcome").asText("")),
                string(json, "value"),
                string(json, "description"),
                halves(json.path("points")),
                halves(json.path("maxPoints")),
                strings(json.path("evidence")),
                remediation(json.path("remediation")),
                strings(json.path("reference")));
    }

    private static Optional<CheckOutcome> outcome(String name) {
        return Arrays.stream(CheckOutcome.values())
                .filter(outcome -> outcome.name().equals(name))
                .findFirst();
    }

    private static Remediation remediation(JsonNode json) {
        Remediation remediation = Remediation.of(json.path("text").asText(""));
        for (JsonNode config : json.path("configs")) {
            remediation = remediation.withConfig(
                    config.path("target").asText(""), config.path("code").asText(""));
        }
        return remediation;
    }

    private static List<ScoreCap> caps(JsonNode json) {
        List<ScoreCap> caps = new ArrayList<>();
        for (JsonNode cap : json) {
            String checkId =
                    Optional.ofNullable(cap.path("checkId").textValue()).orElse("");
            caps.add(new ScoreCap(
                    cap.path("limit").asInt(), checkId, cap.path("reason").asText("")));
        }
        return caps;
    }

    private static Optional<ReportVersions> versions(JsonNode results) {
        return results.has("scoringVersion")
                ? Optional.of(new ReportVersions(
                        results.path("schemaVersion").asInt(),
                        results.path("scoringVersion").asInt(),
                        results.path("engineVersion").asText("")))
                : Optional.empty();
    }

    private static int halves(JsonNode number) {
        return (int) Math.round(2 * number.asDouble(0));
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText("")));
        return values;
    }

    private static Grade grade(String label) throws InvalidReportException {
        return Grade.ofLabel(label)
                .orElseThrow(() -> new InvalidReportException("unknown grade \"" + label + "\" in field \"grade\""));
    }

    /** Parses a UTC time, with a trailing Z or without one as in {@code created_at}. */
    private static Instant instant(String text) throws InvalidReportException {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new InvalidReportException("invalid time \"" + text + "\" in field \"scannedAt\"");
        }
    }

    private static JsonNode object(JsonNode parent, String field) throws InvalidReportException {
        return require(parent, field, parent.path(field).isObject(), "an object");
    }

    private static JsonNode array(JsonNode parent, String field) throws InvalidReportException {
        return require(parent, field, parent.path(field).isArray(), "an array");
    }

    private static String string(JsonNode parent, String field) throws InvalidReportException {
        return require(parent, field, parent.path(field).isTextual(), "a string")
                .asText();
    }

    private static int number(JsonNode parent, String field) throws InvalidReportException {
        return require(parent, field, parent.path(field).isIntegralNumber(), "a whole number")
                .asInt();
    }

    private static JsonNode require(JsonNode parent, String field, boolean fits, String expected)
            throws InvalidReportException {
        if (!fits) {
            throw new InvalidReportException("field \"" + field + "\" is missing or is not " + expected);
        }
        return parent.path(field);
    }
}
