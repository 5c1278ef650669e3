package dev.websentry.engine.syntax.spf;

import java.util.List;
import java.util.Optional;

/**
 * The result of evaluating SPF for a domain in the worst case: a sender that matches no mechanism before the last one.
 *
 * @param records the SPF records of the domain itself
 * @param errors the errors that cause a permerror, one phrase each
 * @param unknown the reason why the result is unknown; empty if every query was answered
 * @param lookups the number of terms that cause DNS queries, over all records
 * @param voids the number of lookups without a result (void lookups)
 * @param all the qualifier of the {@code all} mechanism that ends the evaluation; empty if absent
 * @param open the term that passes every sender; empty if absent
 * @param pointer true if the {@code ptr} mechanism is used
 * @param tree the terms that cause lookups on one line, nested as they include each other
 * @param seen every record that was read, each as {@code domain: record}
 */
public record SpfAssessment(
        List<String> records,
        List<String> errors,
        Optional<String> unknown,
        int lookups,
        int voids,
        Optional<Character> all,
        Optional<String> open,
        boolean pointer,
        String tree,
        List<String> seen) {
    /** Maximum number of terms that cause DNS queries (RFC 7208 section 4.6.4). */
    public static final int MOST_LOOKUPS = 10;

    /** Maximum number of void lookups (RFC 7208 section 4.6.4). */
    public static final int MOST_VOIDS = 2;

    public SpfAssessment {
        records = List.copyOf(records);
        errors = List.copyOf(errors);
        seen = List.copyOf(seen);
    }
}
