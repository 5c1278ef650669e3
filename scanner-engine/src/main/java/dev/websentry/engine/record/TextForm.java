package dev.websentry.engine.record;

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
record TextForm<T>(String name, Function<T, String> printer, Function<String, T> parser) implements Form<T> {
    @Override
    public void write(T value, Sink out) throws IOException {
        out.text(printer.apply(value));
    }

    @Override
    public T read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.VALUE_STRING, name);
        try {
            return parser.apply(in.json().getText());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw in.wrong("not " + name + ": " + e.getMessage());
        }
    }
}
