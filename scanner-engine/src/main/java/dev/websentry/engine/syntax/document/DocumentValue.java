package dev.websentry.engine.syntax.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON or YAML document that knows where it stands, so that messages can name the line and the field.
 *
 * @param type the type of the value
 * @param text the text of a string, number or Boolean; empty for other types
 * @param fields the values of an object by name; empty for other types
 * @param items the elements of an array; empty for other types
 * @param location where the value stands
 */
public record DocumentValue(
        DocumentType type,
        String text,
        Map<String, DocumentValue> fields,
        List<DocumentValue> items,
        DocumentLocation location) {
    /** The types of values. */
    public enum DocumentType {
        NULL("null"),
        BOOLEAN("true or false"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        STRING("a string"),
        ARRAY("a list"),
        OBJECT("an object");

        private final String label;

        DocumentType(String label) {
            this.label = label;
        }
    }

    /**
     * Where a value stands in its document.
     *
     * @param line the line at which the value begins, from 1
     * @param path the path of the value, such as {@code waivers[0].host}; empty for the document itself
     */
    public record DocumentLocation(int line, String path) {}

    public DocumentValue {
        items = List.copyOf(items);
    }

    /** Returns whether the value has a type. */
    public boolean is(DocumentType expected) {
        return type == expected;
    }

    /** Returns a field of an object; empty if it is absent or null, or if this value is not an object. */
    public Optional<DocumentValue> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.is(DocumentType.NULL));
    }

    /**
     * Returns a field of an object.
     *
     * @throws InvalidDocumentException if this value is not an object, or the field is absent, null or of another type
     */
    public DocumentValue require(String name, DocumentType expected) throws InvalidDocumentException {
        Optional<DocumentValue> value = requireType(DocumentType.OBJECT).field(name);
        if (value.isEmpty()) {
            throw invalid("missing field \"" + name + "\"");
        }
        return value.get().requireType(expected);
    }

    /**
     * Returns a field of an object that may be absent.
     *
     * @throws InvalidDocumentException if this value is not an object, or the field is of another type
     */
    public Optional<DocumentValue> optional(String name, DocumentType expected) throws InvalidDocumentException {
        Optional<DocumentValue> value = requireType(DocumentType.OBJECT).field(name);
        if (value.isPresent()) {
            DocumentValue unused = value.get().requireType(expected);
        }
        return value;
    }

    /** Returns the text of a string field. */
    public String string(String name) throws InvalidDocumentException {
        return require(name, DocumentType.STRING).text();
    }

    /** Returns the text of a string field; the given text if it is absent. */
    public String string(String name, String absent) throws InvalidDocumentException {
        return optional(name, DocumentType.STRING).map(DocumentValue::text).orElse(absent);
    }

    /** Returns a 32-bit whole number field. */
    public int integer(String name) throws InvalidDocumentException {
        return require(name, DocumentType.INTEGER).toInt();
    }

    /** Returns a 32-bit whole number field; the given number if it is absent. */
    public int integer(String name, int absent) throws InvalidDocumentException {
        Optional<DocumentValue> value = optional(name, DocumentType.INTEGER);
        return value.isPresent() ? value.get().toInt() : absent;
    }

    /** Returns a number field; the given number if it is absent. */
    public double number(String name, double absent) throws InvalidDocumentException {
        Optional<DocumentValue> value = requireType(DocumentType.OBJECT).field(name);
        if (value.isEmpty()) {
            return absent;
        }
        return value.get().is(DocumentType.INTEGER)
                ? Double.parseDouble(value.get().text())
                : Double.parseDouble(
                        value.get().requireType(DocumentType.DECIMAL).text());
    }

    /** Returns the elements of an array field; none if it is absent. */
    public List<DocumentValue> list(String name) throws InvalidDocumentException {
        return optional(name, DocumentType.ARRAY).map(DocumentValue::items).orElse(List.of());
    }

    /**
     * Requires a type.
     *
     * @return this value
     * @throws InvalidDocumentException if the value has another type
     */
    public DocumentValue requireType(DocumentType expected) throws InvalidDocumentException {
        if (type != expected) {
            throw invalid("expected " + expected.label + ", found " + type.label);
        }
        return this;
    }

    private int toInt() throws InvalidDocumentException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid("the number is out of range");
        }
    }

    /** Creates an exception whose message names the line and the path of this value. */
    public InvalidDocumentException invalid(String problem) {
        String field = location.path().isEmpty() ? "" : ", field \"" + location.path() + "\"";
        return new InvalidDocumentException("line " + location.line() + field + ": " + problem);
    }
}
