package dev.websentry.server.dashboard;

import dev.websentry.engine.report.CheckResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A filter of the checks on the report page, by result.
 *
 * @param count the number of checks that match
 * @param selected whether the page shows the checks of this filter
 */
record CheckFilter(CheckFilterKind kind, long count, boolean selected) {

    /**
     * Returns the filters that match at least one check, in the order of {@link CheckFilterKind}.
     *
     * @param show the key of the requested filter; if it is unknown or matches no check, "all" is selected
     */
    static List<CheckFilter> of(List<CheckResult> checks, String show) {
        CheckFilterKind requested = Stream.of(CheckFilterKind.values())
                .filter(kind -> kind.key().equals(show) && count(kind, checks) > 0)
                .findFirst()
                .orElse(CheckFilterKind.ALL);
        return Stream.of(CheckFilterKind.values())
                .map(kind -> new CheckFilter(kind, count(kind, checks), kind == requested))
                .filter(filter -> filter.count > 0 || filter.selected)
                .toList();
    }

    /** Returns the key if it selects a filter, otherwise the key of the filter that an unknown key selects. */
    static String knownKey(String show) {
        return Stream.of(CheckFilterKind.values())
                .map(CheckFilterKind::key)
                .filter(show::equals)
                .findFirst()
                .orElse(CheckFilterKind.ALL.key());
    }

    private static long count(CheckFilterKind kind, List<CheckResult> checks) {
        return checks.stream().filter(kind::shows).count();
    }

    /**
     * Returns the value of the query parameter. Public, like the methods below, because templates only see public
     * methods.
     */
    public String key() {
        return kind.key();
    }

    public String label() {
        return kind.label;
    }

    public String tone() {
        return kind.tone;
    }

    /** The result that a filter selects. */
    enum CheckFilterKind {
        ALL("all", "none"),
        FAIL("failed", "fail"),
        WARN("warned", "warn"),
        PASS("passed", "pass"),
        UNCHECKED("not checked", "warn"),
        INFO("info", "none");

        private final String label;
        private final String tone;

        CheckFilterKind(String label, String tone) {
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
