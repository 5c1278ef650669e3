package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/**
 * Codec for values that are written as one string.
 *
 * @param name description of the type with its article, for messages
 * @param printer converts a value to a string
 * @param parser converts a string to a value; throws IllegalArgumentException or DateTimeException if the string is
 *     invalid
 */
record StringCodec<T>(String name, Function<T, String> printer, Function<String, T> parser) implements Codec<T> {
    @Override
    public void write(T value, RedactingJsonWriter out) throws IOException {
        out.writeText(printer.apply(value));
    }

    @Override
    public T read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.VALUE_STRING, name);
        try {
            return parser.apply(in.json().getText());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw in.error("not " + name + ": " + e.getMessage());
        }
    }
}
