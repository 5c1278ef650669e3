package dev.websentry.engine.check;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The metadata of a check.
 *
 * @param id category key, dot, words joined by hyphens; must never change, because waivers and baselines refer to it
 * @param name the display name, as documented in the API
 * @param category the category that the points count for
 * @param points the maximum number of points; 0 for an informational check
 * @param description one sentence that states the requirement
 * @param remediation what to do when the check does not pass; a verdict can override it
 * @param references URLs of the sources of the rule
 */
public record CheckDefinition(
        String id,
        String name,
        CheckCategory category,
        int points,
        String description,
        Remediation remediation,
        List<String> references) {
    private static final Pattern ID = Pattern.compile("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*");

    public CheckDefinition {
        references = List.copyOf(references);
        if (!ID.matcher(id).matches() || !id.startsWith(category.key() + ".")) {
            throw new IllegalArgumentException("invalid check id \"" + id + "\" for category " + category.key());
        }
        if (points < 0) {
            throw new IllegalArgumentException("check " + id + ": negative points " + points);
        }
    }

    /**
     * Starts the definition of a scored check.
     *
     * @param id the id, beginning with the category key and a dot
     * @param name the display name
     * @param category the category
     * @param points the maximum number of points
     * @return a builder
     */
    public static Builder scored(String id, String name, CheckCategory category, int points) {
        return new Builder(id, name, category, points);
    }

    /**
     * Starts the definition of an informational check, which has no points.
     *
     * @param id the id, beginning with the category key and a dot
     * @param name the display name
     * @param category the category
     * @return a builder
     */
    public static Builder informational(String id, String name, CheckCategory category) {
        return new Builder(id, name, category, 0);
    }

    /** Collects the description, remediation and references of a definition. */
    public static final class Builder {
        private final String id;
        private final String name;
        private final CheckCategory category;
        private final int points;
        private String description = "";
        private Remediation remediation = Remediation.of("");
        private List<String> references = List.of();

        private Builder(String id, String name, CheckCategory category, int points) {
            this.id = id;
            this.name = name;
            this.category = category;
            this.points = points;
        }

        public Builder description(String text) {
            description = text;
            return this;
        }

        public Builder remediation(Remediation value) {
            remediation = value;
            return this;
        }

        public Builder references(String... urls) {
            references = List.of(urls);
            return this;
        }

        public CheckDefinition build() {
            return new CheckDefinition(id, name, category, points, description, remediation, references);
        }
    }
}
