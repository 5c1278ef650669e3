package dev.websentry.engine.syntax.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.document.DocumentValue.DocumentType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DocumentValueTest {
    private static DocumentValue document() throws InvalidDocumentException {
        return DocumentParser.parseYaml("""
                        text: a
                        whole: 7
                        decimal: 2.5
                        large: 4294967296
                        nothing: null
                        flag: true
                        list: [b, c]
                        """).orElseThrow();
    }

    @Test
    void fieldsHaveTheirValues() throws Exception {
        DocumentValue document = document();
        assertEquals("a", document.string("text"));
        assertEquals("a", document.string("text", "absent"));
        assertEquals(7, document.integer("whole"));
        assertEquals(7, document.integer("whole", 1));
        assertEquals(7.0, document.number("whole", 1));
        assertEquals(2.5, document.number("decimal", 1));
        assertEquals(
                List.of("b", "c"),
                document.list("list").stream().map(DocumentValue::text).toList());
        assertEquals("true", document.require("flag", DocumentType.BOOLEAN).text());
        assertEquals(
                "true",
                document.optional("flag", DocumentType.BOOLEAN).orElseThrow().text());
        assertTrue(document.is(DocumentType.OBJECT));
        assertFalse(document.is(DocumentType.ARRAY));
    }

    @Test
    void absentFieldsAndNullHaveTheDefault() throws Exception {
        for (String name : List.of("absent", "nothing")) {
            assertEquals(Optional.empty(), document().field(name));
            assertEquals(Optional.empty(), document().optional(name, DocumentType.STRING));
            assertEquals("default", document().string(name, "default"));
            assertEquals(3, document().integer(name, 3));
            assertEquals(1.5, document().number(name, 1.5));
            assertEquals(List.of(), document().list(name));
        }
    }

    @Test
    void messagesNameTheLineTheFieldAndTheTypes() {
        assertInvalid("line 1: missing field \"absent\"", () -> document().string("absent"));
        assertInvalid("line 1: missing field \"nothing\"", () -> document().integer("nothing"));
        assertInvalid(
                "line 2, field \"whole\": expected a string, found a whole number",
                () -> document().string("whole"));
        assertInvalid(
                "line 2, field \"whole\": expected a list, found a whole number",
                () -> document().list("whole"));
        assertInvalid(
                "line 1, field \"text\": expected a number, found a string",
                () -> document().number("text", 1));
        assertInvalid(
                "line 3, field \"decimal\": expected a whole number, found a number",
                () -> document().integer("decimal", 1));
        assertInvalid(
                "line 4, field \"large\": the number is out of range",
                () -> document().integer("large"));
        assertInvalid(
                "line 4, field \"large\": the number is out of range",
                () -> document().integer("large", 1));
        assertInvalid(
                "line 7, field \"list[0]\": expected an object, found a string",
                () -> document().list("list").get(0).number("x", 1));
        assertInvalid(
                "line 7, field \"list\": expected an object, found a list",
                () -> document().require("list", DocumentType.ARRAY).optional("x", DocumentType.STRING));
    }

    private static void assertInvalid(String message, Executable reading) {
        assertEquals(
                message, assertThrows(InvalidDocumentException.class, reading).getMessage());
    }
}
