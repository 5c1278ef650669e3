package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Codec for lists, as JSON arrays. */
record ListCodec<T>(Codec<T> element) implements Codec<List<T>> {
    @Override
    public void write(List<T> values, RedactingJsonWriter out) throws IOException {
        out.json().writeStartArray();
        for (T value : values) {
            element.write(value, out);
        }
        out.json().writeEndArray();
    }

    @Override
    public List<T> read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.START_ARRAY, "an array");
        List<T> values = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            in.countElement();
            values.add(in.readNested("[" + values.size() + "]", element));
        }
        return values;
    }
}
