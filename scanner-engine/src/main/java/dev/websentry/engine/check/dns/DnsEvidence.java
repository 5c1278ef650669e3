package dev.websentry.engine.check.dns;

import dev.websentry.engine.syntax.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Limits the number and the length of DNS records that a report quotes as evidence. */
final class DnsEvidence {
    private static final int MAX_LINES = 12;

    private DnsEvidence() {}

    /** Returns at most 12 lines, each truncated; if there are more, the last line says how many are left out. */
    static List<String> limit(List<String> lines) {
        List<String> bounded = new ArrayList<>(
                lines.stream().limit(MAX_LINES).map(Excerpt::evidenceLine).toList());
        if (lines.size() > MAX_LINES) {
            bounded.set(MAX_LINES - 1, "and " + (lines.size() - MAX_LINES + 1) + " more");
        }
        return bounded;
    }
}
