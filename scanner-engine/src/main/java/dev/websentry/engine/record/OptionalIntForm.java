package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/** Codec for optional integers; an empty one is written as {@code null}. */
record OptionalIntForm() implements Form<OptionalInt> {
    private static final NumberForm INTEGER = new NumberForm();

    @Override
    public void write(OptionalInt optional, Sink out) throws IOException {
        if (optional.isPresent()) {
            INTEGER.write(optional.getAsInt(), out);
        } else {
            out.json().writeNull();
        }
    }

    @Override
    public OptionalInt read(Source in) throws IOException, NotARecording {
        return in.at(JsonToken.VALUE_NULL) ? OptionalInt.empty() : OptionalInt.of(INTEGER.read(in));
    }
}
