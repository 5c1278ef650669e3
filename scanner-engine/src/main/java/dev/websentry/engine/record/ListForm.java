package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Codec for lists, as JSON arrays. */
record ListForm<T>(Form<T> element) implements Form<List<T>> {
    @Override
    public void write(List<T> values, Sink out) throws IOException {
        out.json().writeStartArray();
        for (T value : values) {
            element.write(value, out);
        }
        out.json().writeEndArray();
    }

    @Override
    public List<T> read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.START_ARRAY, "an array");
        List<T> values = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            in.element();
            values.add(in.within("[" + values.size() + "]", element));
        }
        return values;
    }
}
