package dev.websentry.engine.syntax.structured;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses structured fields. An empty result means that the field is malformed and must be treated as absent (RFC 9651
 * section 4.2).
 */
public final class StructuredFields {
    private final StructuredFieldTokenizer in;

    private StructuredFields(String text) {
        in = new StructuredFieldTokenizer(text);
    }

    /**
     * Parses a dictionary (section 4.2.2). A repeated key replaces the earlier one.
     *
     * @param text the field value; several lines of the field must be joined by commas
     * @return the members by key, or empty if the field is malformed
     */
    public static Optional<Map<String, DictionaryMember>> parseDictionary(String text) {
        try {
            return Optional.of(new StructuredFields(text).parseDictionary());
        } catch (StructuredFieldTokenizer.MalformedStructuredFieldException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses a single item (section 4.2.3) and discards its parameters.
     *
     * @param text the field value
     * @return the item, or empty if the field is malformed
     */
    public static Optional<BareItem> parseItem(String text) {
        try {
            StructuredFields fields = new StructuredFields(text);
            fields.in.skipSpaces();
            BareItem item = fields.itemWithParameters();
            fields.in.skipSpaces();
            fields.in.require(fields.in.atEnd());
            return Optional.of(item);
        } catch (StructuredFieldTokenizer.MalformedStructuredFieldException e) {
            return Optional.empty();
        }
    }

    private Map<String, DictionaryMember> parseDictionary() {
        Map<String, DictionaryMember> members = new LinkedHashMap<>();
        in.skipSpaces();
        while (!in.atEnd()) {
            String key = in.key();
            members.remove(key);
            members.put(key, in.accept('=') ? member() : keyWithoutValue());
            in.skipOptionalWhitespace();
            if (in.atEnd()) {
                return members;
            }
            in.expect(',');
            in.skipOptionalWhitespace();
            // A trailing comma is an error (section 4.2.2 step 2.8).
            in.require(!in.atEnd());
        }
        return members;
    }

    private DictionaryMember keyWithoutValue() {
        parameters();
        return new DictionaryMember(false, List.of(BareItem.TRUE));
    }

    private DictionaryMember member() {
        if (!in.accept('(')) {
            return new DictionaryMember(false, List.of(itemWithParameters()));
        }
        List<BareItem> items = new ArrayList<>();
        while (true) {
            in.skipSpaces();
            if (in.accept(')')) {
                parameters();
                return new DictionaryMember(true, items);
            }
            items.add(itemWithParameters());
            in.require(in.peek() == ' ' || in.peek() == ')');
        }
    }

    private BareItem itemWithParameters() {
        BareItem item = in.bareItem();
        parameters();
        return item;
    }

    private void parameters() {
        while (in.accept(';')) {
            in.skipSpaces();
            in.key();
            if (in.accept('=')) {
                in.bareItem();
            }
        }
    }
}
