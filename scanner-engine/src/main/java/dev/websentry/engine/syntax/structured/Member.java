package dev.websentry.engine.syntax.structured;

import java.util.List;

/**
 * A dictionary member's value. Parameters are read, for an error in them counts, and then dropped.
 *
 * @param innerList whether it is a list in parentheses; else {@code items} has exactly one
 */
public record Member(boolean innerList, List<BareItem> items) {
    public Member {
        items = List.copyOf(items);
    }
}
