package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Codec for optional values; an empty one is written as {@code null}. */
record OptionalForm<T>(Form<T> value) implements Form<Optional<T>> {
    @Override
    public void write(Optional<T> optional, Sink out) throws IOException {
        if (optional.isPresent()) {
            value.write(optional.get(), out);
        } else {
            out.json().writeNull();
        }
    }

    @Override
    public Optional<T> read(Source in) throws IOException, NotARecording {
        return in.at(JsonToken.VALUE_NULL) ? Optional.empty() : Optional.of(value.read(in));
    }
}
