package dev.websentry.engine.gate;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.document.DocumentParser;
import dev.websentry.engine.syntax.document.DocumentValue;
import dev.websentry.engine.syntax.document.DocumentValue.DocumentType;
import dev.websentry.engine.syntax.document.InvalidDocumentException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Parses a file of waivers. The format is YAML; JSON files work as well because JSON is valid YAML.
 *
 * <pre>{@code
 * waivers:
 *   - check: headers.csp
 *     host: [shop.example.com, www.example.com]
 *     reason: the tag manager goes in March, SHOP-112
 *     until: 2027-03-31
 * }</pre>
 */
public final class WaiverFileParser {
    private static final Set<String> FIELDS = Set.of("check", "host", "reason", "until");

    private WaiverFileParser() {}

    /**
     * Parses the text of a waiver file.
     *
     * @return the waivers in the order of the file; empty for an empty file
     * @throws IllegalArgumentException if the text contains anything unknown or of a wrong type, so that a mistyped
     *     waiver neither waives more than its author meant nor is ignored; the message names line and field
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
        try {
            Optional<DocumentValue> root = DocumentParser.parseYaml(text);
            if (root.isEmpty() || root.get().is(DocumentType.NULL)) {
                return List.of();
            }
            List<Waiver> waivers = new ArrayList<>();
            for (DocumentValue entry : entries(root.get())) {
                waivers.add(waiver(entry, known));
            }
            return List.copyOf(waivers);
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<DocumentValue> entries(DocumentValue root) throws InvalidDocumentException {
        if (root.is(DocumentType.ARRAY)) {
            return root.items();
        }
        if (!root.is(DocumentType.OBJECT) || !root.fields().keySet().equals(Set.of("waivers"))) {
            throw root.invalid("no list \"waivers\" found; add it with entries of check, reason and until");
        }
        return root.require("waivers", DocumentType.ARRAY).items();
    }

    private static Waiver waiver(DocumentValue entry, Set<String> known) throws InvalidDocumentException {
        Set<String> unknown =
                new TreeSet<>(entry.requireType(DocumentType.OBJECT).fields().keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw entry.invalid("unknown field " + String.join(", ", unknown) + "; use check, host, reason and until");
        }
        DocumentValue check = text(entry, "check");
        if (!known.contains(check.text().strip())) {
            throw check.invalid("unknown check \"" + check.text() + "\"; use a check id from a report");
        }
        return new Waiver(
                check.text().strip(), hosts(entry), text(entry, "reason").text().strip(), date(text(entry, "until")));
    }

    private static DocumentValue text(DocumentValue entry, String field) throws InvalidDocumentException {
        DocumentValue value = entry.require(field, DocumentType.STRING);
        if (value.text().isBlank()) {
            throw value.invalid("the field is empty");
        }
        return value;
    }

    /** Reads a host or a list of hosts. An empty value is an error, because it would waive on every host. */
    private static List<String> hosts(DocumentValue entry) throws InvalidDocumentException {
        DocumentValue host = entry.fields().get("host");
        if (host == null) {
            return List.of();
        }
        if (host.is(DocumentType.STRING)) {
            return List.of(host(host));
        }
        if (!host.is(DocumentType.ARRAY) || host.items().isEmpty()) {
            throw host.invalid("expected a host or a list of hosts; to waive on every host, remove the field");
        }
        List<String> hosts = new ArrayList<>();
        for (DocumentValue item : host.items()) {
            hosts.add(host(item.requireType(DocumentType.STRING)));
        }
        return hosts;
    }

    /** Normalizes a host as that of a target is normalized, so that U-labels match as well (RFC 5890 section 2.3). */
    private static String host(DocumentValue value) throws InvalidDocumentException {
        String text = value.text().strip();
        try {
            Target target = Target.parse(text);
            if (target.explicitPort().isEmpty() && text.indexOf('/') < 0 && text.indexOf('?') < 0) {
                return target.host().ascii();
            }
        } catch (InvalidTargetException e) {
            // Reported below.
        }
        throw value.invalid("invalid host \"" + text + "\"; use a host without scheme, port and path");
    }

    private static LocalDate date(DocumentValue value) throws InvalidDocumentException {
        try {
            return LocalDate.parse(value.text().strip());
        } catch (DateTimeException e) {
            throw value.invalid("invalid date \"" + value.text() + "\" in until; use a date such as 2027-03-31");
        }
    }
}
