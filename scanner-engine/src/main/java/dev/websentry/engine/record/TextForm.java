package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/**
 * A value that is one text.
 *
 * @param name with its article, for messages
 * @param parser throws IllegalArgumentException or DateTimeException for a text that is none
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
