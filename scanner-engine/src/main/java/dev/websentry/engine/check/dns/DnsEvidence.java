package dev.websentry.engine.check.dns;

import java.util.ArrayList;
import java.util.List;

/** Limits the number and the length of DNS records that a report quotes as evidence. */
final class DnsEvidence {
    /** Maximum length of one evidence line, in characters. */
    static final int MAX_LINE_LENGTH = 300;

    private static final int MAX_LINES = 12;

    private DnsEvidence() {}

    /** Returns at most 12 lines, each truncated; if there are more, the last line says how many are left out. */
    static List<String> limit(List<String> lines) {
        List<String> bounded = new ArrayList<>(lines.stream()
                .limit(MAX_LINES)
                .map(line -> truncate(line, MAX_LINE_LENGTH))
                .toList());
        if (lines.size() > MAX_LINES) {
            bounded.set(MAX_LINES - 1, "and " + (lines.size() - MAX_LINES + 1) + " more");
        }
        return bounded;
    }

    /** Truncates a text to {@code maxLength} characters, the last three of which are dots if anything was cut off. */
    static String truncate(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength - 3) + "...";
    }
}
