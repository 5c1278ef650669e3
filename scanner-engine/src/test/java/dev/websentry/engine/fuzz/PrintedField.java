package dev.websentry.engine.fuzz;

import dev.websentry.engine.syntax.structured.BareItem;
import dev.websentry.engine.syntax.structured.Member;
import java.util.Map;
import java.util.stream.Collectors;

/** Serializes structured fields (RFC 9651 section 4.1) without parameters, which the parser discards. */
final class PrintedField {
    private PrintedField() {}

    static String of(Map<String, Member> members) {
        return members.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + of(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String of(BareItem item) {
        return switch (item.type()) {
            case STRING -> '"' + item.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case BOOLEAN -> item.text().equals("true") ? "?1" : "?0";
            default -> item.text();
        };
    }

    private static String of(Member member) {
        String items = member.items().stream().map(PrintedField::of).collect(Collectors.joining(" "));
        return member.innerList() ? "(" + items + ")" : items;
    }
}
