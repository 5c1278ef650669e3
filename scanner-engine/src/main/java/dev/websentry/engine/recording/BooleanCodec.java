package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Codec for booleans. */
record BooleanCodec() implements Codec<Boolean> {
    @Override
    public void write(Boolean value, RedactingJsonWriter out) throws IOException {
        out.json().writeBoolean(value);
    }

    @Override
    public Boolean read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        if (!in.isAt(JsonToken.VALUE_TRUE) && !in.isAt(JsonToken.VALUE_FALSE)) {
            throw in.error("expected true or false");
        }
        return in.json().getBooleanValue();
    }
}
