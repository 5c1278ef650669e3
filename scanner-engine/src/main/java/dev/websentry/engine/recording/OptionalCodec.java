package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Codec for optional values; an empty one is written as {@code null}. */
record OptionalCodec<T>(Codec<T> value) implements Codec<Optional<T>> {
    @Override
    public void write(Optional<T> optional, RedactingJsonWriter out) throws IOException {
        if (optional.isPresent()) {
            value.write(optional.get(), out);
        } else {
            out.json().writeNull();
        }
    }

    @Override
    public Optional<T> read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        return in.isAt(JsonToken.VALUE_NULL) ? Optional.empty() : Optional.of(value.read(in));
    }
}
