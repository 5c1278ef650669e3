package dev.websentry.engine.syntax.dns;

import dev.websentry.engine.syntax.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of {@code tag=value} parted by semicolons, RFC 6376 section 3.2; DMARC, MTA-STS, TLS-RPT and BIMI write the same.
 *
 * @param tags in the order of the record
 */
public record TagList(Map<String, String> tags) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public TagList {
        tags = new LinkedHashMap<>(tags);
    }

    /** Reads strictly. */
    public static TagList parse(String text) throws Malformed {
        Map<String, String> tags = new LinkedHashMap<>();
        String[] parts = text.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isBlank()) {
                if (i == parts.length - 1) {
                    break;
                }
                throw new Malformed("two semicolons with nothing between them");
            }
            int equals = parts[i].indexOf('=');
            String name = equals < 0
                    ? parts[i].strip()
                    : parts[i].substring(0, equals).strip();
            if (equals < 0 || !NAME.matcher(name).matches()) {
                throw new Malformed("'" + name + "' is no tag=value");
            }
            if (tags.put(name, parts[i].substring(equals + 1).strip()) != null) {
                throw new Malformed("the tag " + name + " stands twice");
            }
        }
        return new TagList(tags);
    }

    /** Reads what can be read: broken pieces are left out, of a repeated tag the first counts. */
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

    public Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** Whether the first tag is {@code v} with exactly this value: how such records are told from other TXT records. */
    public static boolean hasVersion(String text, String version) {
        return Pattern.compile("v[ \\t]*=[ \\t]*" + Pattern.quote(version) + "[ \\t]*(;.*)?", Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
