package dev.websentry.engine.syntax.dns;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of {@code tag=value} pairs separated by semicolons (RFC 6376 section 3.2). DMARC, MTA-STS, TLS-RPT and BIMI
 * records use the same syntax.
 *
 * @param tags the values by tag, in the order of the record
 */
public record TagList(Map<String, String> tags) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public TagList {
        tags = new LinkedHashMap<>(tags);
    }

    /**
     * Parses a list strictly.
     *
     * @throws InvalidSyntaxException if a part is not {@code tag=value} or a tag is repeated
     */
    public static TagList parse(String text) throws InvalidSyntaxException {
        Map<String, String> tags = new LinkedHashMap<>();
        String[] parts = text.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isBlank()) {
                if (i == parts.length - 1) {
                    break;
                }
                throw new InvalidSyntaxException("empty tag between two semicolons");
            }
            int equals = parts[i].indexOf('=');
            String name = equals < 0
                    ? parts[i].strip()
                    : parts[i].substring(0, equals).strip();
            if (equals < 0 || !NAME.matcher(name).matches()) {
                throw new InvalidSyntaxException("'" + name + "' is not a tag=value pair");
            }
            if (tags.put(name, parts[i].substring(equals + 1).strip()) != null) {
                throw new InvalidSyntaxException("the tag " + name + " appears twice");
            }
        }
        return new TagList(tags);
    }

    /** Parses a list leniently: malformed parts are skipped, and the first value of a repeated tag is used. */
    public static TagList lenient(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return new TagList(tags);
    }

    /**
     * Returns the first tag that occurs more than once. Such a list is invalid as a whole (RFC 6376 section 3.2).
     *
     * @return the tag; empty if no tag is repeated
     */
    public static Optional<String> duplicateTag(String text) {
        Set<String> seen = new HashSet<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals > 0 ? part.substring(0, equals).strip() : "";
            if (!name.isEmpty() && !seen.add(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Returns the value of a tag; empty if there is no such tag. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /**
     * Returns whether the first tag is {@code v} with exactly this value. This distinguishes such records from other
     * TXT records.
     */
    public static boolean hasVersion(String text, String version) {
        // Most TXT records of a domain belong to other standards.
        return text.startsWith("v")
                && Pattern.compile("v[ \\t]*=[ \\t]*" + Pattern.quote(version) + "[ \\t]*(;.*)?", Pattern.DOTALL)
                        .matcher(text)
                        .matches();
    }
}
