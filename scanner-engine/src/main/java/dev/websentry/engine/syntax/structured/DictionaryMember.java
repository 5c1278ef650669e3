package dev.websentry.engine.syntax.structured;

import java.util.List;

/**
 * The value of a dictionary member, RFC 9651 section 3.2. Parameters are parsed, because an error in them invalidates
 * the whole field, and then discarded.
 *
 * @param innerList whether the value is an inner list in parentheses; otherwise {@code items} has exactly one element
 * @param items the items of the inner list, or the single item
 */
public record DictionaryMember(boolean innerList, List<BareItem> items) {
    public DictionaryMember {
        items = List.copyOf(items);
    }
}
