package dev.websentry.engine.fuzz;

import dev.websentry.engine.syntax.structured.BareItem;
import dev.websentry.engine.syntax.structured.DictionaryMember;
import java.util.Map;
import java.util.stream.Collectors;

/** Serializes structured fields (RFC 9651 section 4.1) without parameters, which the parser discards. */
final class StructuredFieldSerializer {
    private StructuredFieldSerializer() {}

    static String serialize(Map<String, DictionaryMember> members) {
        return members.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + serialize(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String serialize(BareItem item) {
        return switch (item.type()) {
            case STRING -> '"' + item.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case BOOLEAN -> item.text().equals("true") ? "?1" : "?0";
            default -> item.text();
        };
    }

    private static String serialize(DictionaryMember member) {
        String items = member.items().stream()
                .map(StructuredFieldSerializer::serialize)
                .collect(Collectors.joining(" "));
        return member.innerList() ? "(" + items + ")" : items;
    }
}
