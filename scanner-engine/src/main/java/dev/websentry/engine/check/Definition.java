package dev.websentry.engine.check;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A check's papers.
 *
 * @param id category key, dot, words joined by hyphens; never changes, waivers and baselines name it
 * @param name as the documented API names it
 * @param points what it is worth; 0 for a line that only informs
 * @param description one sentence that says what a good site does
 * @param remediation what to do when it fails, unless the verdict knows better
 * @param references where the rule comes from
 */
public record Definition(
        String id,
        String name,
        Category category,
        int points,
        String description,
        Remediation remediation,
        List<String> references) {
    private static final Pattern ID = Pattern.compile("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*");

    public Definition {
        references = List.copyOf(references);
        if (!ID.matcher(id).matches() || !id.startsWith(category.key() + ".")) {
            throw new IllegalArgumentException("check id '" + id + "' does not fit category " + category.key());
        }
        if (points < 0) {
            throw new IllegalArgumentException(id + " has " + points + " points");
        }
    }

    public static Builder of(String id, String name, Category category, int points) {
        return new Builder(id, name, category, points);
    }

    /** A line that informs and never carries points. */
    public static Builder info(String id, String name, Category category) {
        return new Builder(id, name, category, 0);
    }

    /** Collects the rest of the papers. */
    public static final class Builder {
        private final String id;
        private final String name;
        private final Category category;
        private final int points;
        private String description = "";
        private Remediation remediation = Remediation.of("");
        private List<String> references = List.of();

        private Builder(String id, String name, Category category, int points) {
            this.id = id;
            this.name = name;
            this.category = category;
            this.points = points;
        }

        public Builder describe(String text) {
            description = text;
            return this;
        }

        public Builder remedy(Remediation value) {
            remediation = value;
            return this;
        }

        public Builder references(String... urls) {
            references = List.of(urls);
            return this;
        }

        public Definition build() {
            return new Definition(id, name, category, points, description, remediation, references);
        }
    }
}
