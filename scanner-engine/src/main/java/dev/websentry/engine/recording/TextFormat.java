package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.websentry.engine.syntax.Excerpt;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values that are written as one string.
 *
 * @param type type of the values
 * @param name description of the type with its article, for messages
 * @param invalid start of the message about a string that cannot be parsed
 * @param printer converts a value to a string
 * @param parser converts a string to a value; throws IllegalArgumentException or DateTimeException if the string is
 *     invalid
 */
record TextFormat<T>(
        Class<T> type, String name, String invalid, Function<T, String> printer, Function<String, T> parser) {

    static <T> TextFormat<T> of(Class<T> type, String name, Function<T, String> printer, Function<String, T> parser) {
        return new TextFormat<>(type, name, "not " + name + ": ", printer, parser);
    }

    /** Returns the format of an enum. Jackson's own ignores white space around a name. */
    static <T> TextFormat<T> ofEnum(Class<T> type) {
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", ", "one of ", ""));
        return new TextFormat<>(type, names, "", constant -> ((Enum<?>) constant).name(), text -> {
            for (T constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("unknown value '" + Excerpt.inSentence(text) + "': expected " + names);
        });
    }

    JsonSerializer<T> serializer() {
        return new StdSerializer<>(type) {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(printer.apply(value));
            }
        };
    }

    JsonDeserializer<T> deserializer() {
        return new StdDeserializer<>(type) {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                if (!json.hasToken(JsonToken.VALUE_STRING)) {
                    throw JsonMappingException.from(json, "expected " + name);
                }
                try {
                    return parser.apply(json.getText());
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw JsonMappingException.from(json, invalid + e.getMessage());
                }
            }
        };
    }
}
