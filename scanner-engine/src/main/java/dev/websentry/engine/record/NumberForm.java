package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A whole number. */
record NumberForm() implements Form<Integer> {
    @Override
    public void write(Integer value, Sink out) throws IOException {
        out.json().writeNumber(value);
    }

    @Override
    public Integer read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (in.json().getNumberType() != NumberType.INT) {
            throw in.wrong("the number is too large");
        }
        return in.json().getIntValue();
    }
}
