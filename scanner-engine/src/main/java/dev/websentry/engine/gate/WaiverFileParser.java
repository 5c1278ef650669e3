package dev.websentry.engine.gate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.websentry.engine.check.CheckCatalog;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parses a file of waivers. The format is YAML; JSON files work as well because JSON is valid YAML.
 *
 * <pre>{@code
 * waivers:
 *   - check: headers.csp
 *     host: shop.example.com
 *     reason: the tag manager goes in March, SHOP-112
 *     until: 2027-03-31
 * }</pre>
 */
public final class WaiverFileParser {
    private static final YAMLMapper MAPPER = new YAMLMapper();
    private static final Set<String> FIELDS = Set.of("check", "host", "reason", "until");

    private WaiverFileParser() {}

    /**
     * Parses the text of a waiver file.
     *
     * @return the waivers in the order of the file; empty for an empty file
     * @throws IllegalArgumentException if the text contains anything unknown, so that a mistyped waiver is never
     *     ignored
     */
    public static List<Waiver> parse(String text) {
        return parse(
                text,
                CheckCatalog.standard().checks().stream()
                        .map(check -> check.definition().id())
                        .collect(Collectors.toSet()));
    }

    /** @param known the ids of all existing checks */
    static List<Waiver> parse(String text, Set<String> known) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException("invalid YAML or JSON" + where);
        }
        if (root == null || root.isMissingNode() || root.isNull()) {
            return List.of();
        }
        JsonNode entries = root.isObject() ? root.path("waivers") : root;
        if (!entries.isArray() || (root.isObject() && root.size() != 1)) {
            throw new IllegalArgumentException(
                    "no list \"waivers\" found; add it with entries of check, reason and until");
        }
        List<Waiver> waivers = new ArrayList<>();
        for (JsonNode entry : entries) {
            waivers.add(waiver(entry, waivers.size() + 1, known));
        }
        return List.copyOf(waivers);
    }

    private static Waiver waiver(JsonNode entry, int number, Set<String> known) {
        Set<String> unknown = new HashSet<>();
        entry.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw invalid(
                    number, "unknown field " + String.join(", ", unknown) + "; use check, host, reason and until");
        }
        String check = required(entry, "check", number);
        if (!known.contains(check)) {
            throw invalid(number, "unknown check \"" + check + "\"; use a check id from a report");
        }
        return new Waiver(
                check,
                Optional.ofNullable(entry.path("host").textValue()),
                required(entry, "reason", number),
                date(required(entry, "until", number), number));
    }

    private static LocalDate date(String text, int number) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw invalid(number, "invalid date \"" + text + "\" in until; use a date such as 2027-03-31");
        }
    }

    private static String required(JsonNode entry, String field, int number) {
        String value = entry.path(field).asText("").strip();
        if (value.isEmpty()) {
            throw invalid(number, "missing field \"" + field + "\"");
        }
        return value;
    }

    private static IllegalArgumentException invalid(int number, String problem) {
        return new IllegalArgumentException("waiver " + number + ": " + problem);
    }
}
