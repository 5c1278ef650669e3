package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Codec for 32-bit integers. */
record IntegerCodec() implements Codec<Integer> {
    @Override
    public void write(Integer value, RedactingJsonWriter out) throws IOException {
        out.json().writeNumber(value);
    }

    @Override
    public Integer read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        if (in.json().getNumberType() != NumberType.INT) {
            throw in.error("the number is out of range: expected a 32-bit integer");
        }
        return in.json().getIntValue();
    }
}
