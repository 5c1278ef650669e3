package dev.websentry.engine.syntax.mail;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An MTA-STS policy file (RFC 8461 section 3.2).
 *
 * @param mode {@code enforce}, {@code testing} or {@code none}
 * @param mxPatterns the patterns of the mx fields, in lower case
 * @param maxAgeSeconds the lifetime of the policy, in seconds
 */
public record MtaStsPolicy(String mode, List<String> mxPatterns, long maxAgeSeconds) {
    public MtaStsPolicy {
        mxPatterns = List.copyOf(mxPatterns);
    }

    /**
     * Parses a policy file.
     *
     * @throws InvalidSyntaxException if a line has no colon or a required field is missing or invalid
     */
    public static MtaStsPolicy parse(String text) throws InvalidSyntaxException {
        Map<String, String> fields = new HashMap<>();
        List<String> exchanges = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                if (line.isBlank()) {
                    continue;
                }
                throw new InvalidSyntaxException("a line without a colon");
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equals("mx")) {
                exchanges.add(value.toLowerCase(java.util.Locale.ROOT));
            } else {
                fields.putIfAbsent(name, value);
            }
        }
        String mode = fields.getOrDefault("mode", "");
        if (!"STSv1".equals(fields.get("version"))) {
            throw new InvalidSyntaxException("version is not STSv1");
        }
        if (!List.of("enforce", "testing", "none").contains(mode)) {
            throw new InvalidSyntaxException("mode is not enforce, testing or none");
        }
        String age = fields.getOrDefault("max_age", "");
        if (!age.matches("[0-9]{1,10}")) {
            throw new InvalidSyntaxException("max_age is not a number of seconds");
        }
        if (exchanges.isEmpty() && !mode.equals("none")) {
            throw new InvalidSyntaxException("no mx field");
        }
        return new MtaStsPolicy(mode, exchanges, Long.parseLong(age));
    }

    /** Returns whether the policy lists a mail host. A wildcard matches exactly one label (RFC 8461 section 4.1). */
    public boolean covers(String host) {
        int dot = host.indexOf('.');
        return mxPatterns.contains(host) || (dot > 0 && mxPatterns.contains("*" + host.substring(dot)));
    }
}
