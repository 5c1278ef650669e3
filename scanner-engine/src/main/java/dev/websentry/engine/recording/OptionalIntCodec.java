package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/** Codec for optional integers; an empty one is written as {@code null}. */
record OptionalIntCodec() implements Codec<OptionalInt> {
    private static final IntegerCodec INTEGER = new IntegerCodec();

    @Override
    public void write(OptionalInt optional, RedactingJsonWriter out) throws IOException {
        if (optional.isPresent()) {
            INTEGER.write(optional.getAsInt(), out);
        } else {
            out.json().writeNull();
        }
    }

    @Override
    public OptionalInt read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        return in.isAt(JsonToken.VALUE_NULL) ? OptionalInt.empty() : OptionalInt.of(INTEGER.read(in));
    }
}
