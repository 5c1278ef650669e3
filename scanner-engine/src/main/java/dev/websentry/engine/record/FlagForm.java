package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Codec for booleans. */
record FlagForm() implements Form<Boolean> {
    @Override
    public void write(Boolean value, Sink out) throws IOException {
        out.json().writeBoolean(value);
    }

    @Override
    public Boolean read(Source in) throws IOException, NotARecording {
        if (!in.at(JsonToken.VALUE_TRUE) && !in.at(JsonToken.VALUE_FALSE)) {
            throw in.wrong("expected true or false");
        }
        return in.json().getBooleanValue();
    }
}
