package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Codec for 32-bit integers. */
record NumberForm() implements Form<Integer> {
    @Override
    public void write(Integer value, Sink out) throws IOException {
        out.json().writeNumber(value);
    }

    @Override
    public Integer read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.VALUE_NUMBER_INT, "an integer");
        if (in.json().getNumberType() != NumberType.INT) {
            throw in.wrong("the number is out of range: expected a 32-bit integer");
        }
        return in.json().getIntValue();
    }
}
