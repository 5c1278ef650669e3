package dev.websentry.engine.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/**
 * Writes JSON trees as indented text, exactly as Jackson's {@code ObjectMapper} does. The mapper itself takes longer to
 * initialize than a build takes to write its reports.
 */
final class IndentedJson {
    private static final JsonFactory JSON = new JsonFactory();
    /** Jackson would otherwise use the line separator of the operating system. */
    private static final DefaultPrettyPrinter INDENTED =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private IndentedJson() {}

    /** Returns the text of a tree, without a line break at its end. */
    static String write(JsonNode json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(INDENTED.createInstance());
            write(json, out);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree can always be written to a string", e);
        }
        return text.toString();
    }

    private static void write(JsonNode json, JsonGenerator out) throws IOException {
        switch (json.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject(json, json.size());
                for (Map.Entry<String, JsonNode> field : json.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray(json, json.size());
                for (JsonNode element : json) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(json.textValue());
            case NUMBER -> writeNumber(json, out);
            case BOOLEAN -> out.writeBoolean(json.booleanValue());
            case NULL -> out.writeNull();
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + json.getNodeType());
        }
    }

    private static void writeNumber(JsonNode number, JsonGenerator out) throws IOException {
        switch (number.numberType()) {
            case INT -> out.writeNumber(number.intValue());
            case LONG -> out.writeNumber(number.longValue());
            case BIG_INTEGER -> out.writeNumber(number.bigIntegerValue());
            case FLOAT -> out.writeNumber(number.floatValue());
            case DOUBLE -> out.writeNumber(number.doubleValue());
            case BIG_DECIMAL -> out.writeNumber(number.decimalValue());
        }
    }
}
