package dev.websentry.server.dashboard;

import dev.websentry.engine.report.CheckResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A way to look at a report's checks.
 *
 * @param count how many checks it shows
 */
record Filter(Kind kind, long count, boolean chosen) {

    /** Those that show anything; what the address asks for is chosen, or all of them where it asks for none of these. */
    static List<Filter> of(List<CheckResult> checks, String show) {
        Kind wanted = Stream.of(Kind.values())
                .filter(kind -> kind.key().equals(show) && count(kind, checks) > 0)
                .findFirst()
                .orElse(Kind.ALL);
        return Stream.of(Kind.values())
                .map(kind -> new Filter(kind, count(kind, checks), kind == wanted))
                .filter(filter -> filter.count > 0 || filter.chosen)
                .toList();
    }

    private static long count(Kind kind, List<CheckResult> checks) {
        return checks.stream().filter(kind::shows).count();
    }

    /** As the address spells it. These are public for the template, which sees no other methods. */
    public String key() {
        return kind.key();
    }

    public String label() {
        return kind.label;
    }

    public String tone() {
        return kind.tone;
    }

    /** What a filter shows. */
    enum Kind {
        ALL("all", "none"),
        FAIL("failed", "fail"),
        WARN("warned", "warn"),
        PASS("passed", "pass"),
        UNCHECKED("not checked", "warn"),
        INFO("info", "none");

        private final String label;
        private final String tone;

        Kind(String label, String tone) {
            this.label = label;
            this.tone = tone;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean shows(CheckResult check) {
            return switch (this) {
                case ALL -> true;
                case FAIL, WARN, PASS -> check.status().equals(key());
                case UNCHECKED -> check.isUnchecked();
                case INFO -> check.status().equals("info") && !check.isUnchecked();
            };
        }
    }
}
