package dev.websentry.engine.syntax.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.document.DocumentValue.DocumentLocation;
import dev.websentry.engine.syntax.document.DocumentValue.DocumentType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses JSON (RFC 8259) and YAML 1.2 documents into values with line numbers. Duplicate fields, a second document and
 * YAML aliases are errors, because ignoring them would change what the file means.
 */
public final class DocumentParser {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_TEXT_LENGTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;

    private DocumentParser(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Parses JSON.
     *
     * @param text the document
     * @return the value; empty if the text contains none
     * @throws InvalidDocumentException if the text is not one JSON value
     */
    public static Optional<DocumentValue> parseJson(String text) throws InvalidDocumentException {
        return parse(JSON, text, "invalid JSON");
    }

    /**
     * Parses YAML or JSON, which is valid YAML.
     *
     * @param text the document
     * @return the value; empty if the text contains none
     * @throws InvalidDocumentException if the text is not one YAML document
     */
    public static Optional<DocumentValue> parseYaml(String text) throws InvalidDocumentException {
        return parse(YAML, text, "invalid YAML or JSON");
    }

    private static Optional<DocumentValue> parse(JsonFactory format, String text, String problem)
            throws InvalidDocumentException {
        try (JsonParser parser = format.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            DocumentParser document = new DocumentParser(parser);
            DocumentValue value = document.value("");
            if (parser.nextToken() != null) {
                throw new InvalidDocumentException(
                        "line " + document.line() + ": unexpected content after the end of the document");
            }
            return Optional.of(value);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new InvalidDocumentException(problem + where);
        } catch (IOException e) {
            throw new InvalidDocumentException(problem);
        }
    }

    private DocumentValue value(String path) throws IOException, InvalidDocumentException {
        DocumentLocation location = new DocumentLocation(line(), path);
        JsonToken token = parser.currentToken();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw scalar(DocumentType.NULL, location).invalid("YAML aliases are not supported");
        }
        return switch (token) {
            case START_OBJECT -> new DocumentValue(DocumentType.OBJECT, "", fields(location), List.of(), location);
            case START_ARRAY -> new DocumentValue(DocumentType.ARRAY, "", Map.of(), items(path), location);
            case VALUE_STRING -> scalar(DocumentType.STRING, location);
            case VALUE_NUMBER_INT -> scalar(DocumentType.INTEGER, location);
            case VALUE_NUMBER_FLOAT -> scalar(DocumentType.DECIMAL, location);
            case VALUE_TRUE, VALUE_FALSE -> scalar(DocumentType.BOOLEAN, location);
            default -> scalar(DocumentType.NULL, location);
        };
    }

    private DocumentValue scalar(DocumentType type, DocumentLocation location) throws IOException {
        String text = type == DocumentType.NULL ? "" : parser.getText();
        return new DocumentValue(type, text, Map.of(), List.of(), location);
    }

    private Map<String, DocumentValue> fields(DocumentLocation location) throws IOException, InvalidDocumentException {
        Map<String, DocumentValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String path = location.path().isEmpty() ? name : location.path() + "." + name;
            parser.nextToken();
            DocumentValue value = value(shorten(path));
            if (fields.put(name, value) != null) {
                throw value.invalid("duplicate field");
            }
        }
        return fields;
    }

    private List<DocumentValue> items(String path) throws IOException, InvalidDocumentException {
        List<DocumentValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(shorten(path + "[" + items.size() + "]")));
        }
        return items;
    }

    /** Keeps the end of a long path, which distinguishes the values best. */
    private static String shorten(String path) {
        return Excerpt.endOf(path, MAX_TEXT_LENGTH);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
