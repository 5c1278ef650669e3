package dev.websentry.engine.syntax.spf;

import java.util.List;
import java.util.Optional;

/**
 * What SPF comes to for a domain in the worst case: a sender that no mechanism matches before the end.
 *
 * @param records the domain's own SPF records
 * @param errors what makes receivers give up (permerror), each one phrase
 * @param unknown why this is not sure; empty when every question was answered
 * @param lookups terms that make a receiver ask the DNS, over all records
 * @param voids of these, how many find nothing
 * @param all the qualifier of the all that ends it; empty when there is none
 * @param open the term that lets everybody pass, if there is one
 * @param pointer whether ptr is used
 * @param tree the terms that look up, nested as they include each other, on one line
 * @param seen every record that was read, with its domain
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
    /** RFC 7208 section 4.6.4. */
    public static final int MOST_LOOKUPS = 10;

    public static final int MOST_VOIDS = 2;

    public SpfAssessment {
        records = List.copyOf(records);
        errors = List.copyOf(errors);
        seen = List.copyOf(seen);
    }
}
