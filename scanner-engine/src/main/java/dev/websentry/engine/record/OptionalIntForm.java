package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/** A whole number, or null where it is absent. */
record OptionalIntForm() implements Form<OptionalInt> {
    private static final NumberForm NUMBER = new NumberForm();

    @Override
    public void write(OptionalInt optional, Sink out) throws IOException {
        if (optional.isPresent()) {
            NUMBER.write(optional.getAsInt(), out);
        } else {
            out.json().writeNull();
        }
    }

    @Override
    public OptionalInt read(Source in) throws IOException, NotARecording {
        return in.at(JsonToken.VALUE_NULL) ? OptionalInt.empty() : OptionalInt.of(NUMBER.read(in));
    }
}
