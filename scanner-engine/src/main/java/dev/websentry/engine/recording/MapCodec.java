package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import dev.websentry.engine.syntax.Excerpt;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Codec for maps, as a JSON array of {@code [key, value]} arrays, because keys are not always strings. Entries are
 * sorted, so that equal maps produce equal files.
 */
record MapCodec<K, V>(Codec<K> key, Codec<V> value) implements Codec<Map<K, V>> {
    @Override
    public void write(Map<K, V> values, RedactingJsonWriter out) throws IOException {
        List<Map.Entry<K, V>> sorted = values.entrySet().stream()
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                .toList();
        out.json().writeStartArray();
        for (Map.Entry<K, V> entry : sorted) {
            out.json().writeStartArray();
            key.write(entry.getKey(), out);
            value.write(entry.getValue(), out);
            out.json().writeEndArray();
        }
        out.json().writeEndArray();
    }

    @Override
    public Map<K, V> read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.START_ARRAY, "an array of [key, value] pairs");
        Map<K, V> values = new HashMap<>();
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            in.countElement();
            in.expect(JsonToken.START_ARRAY, "a [key, value] pair");
            in.nextToken();
            K name = in.readNested("[" + i + "][0]", key);
            in.nextToken();
            if (values.put(name, in.readNested("[" + i + "][1]", value)) != null) {
                throw in.error("duplicate key '" + Excerpt.inSentence(String.valueOf(name)) + "'");
            }
            in.nextToken();
            in.expect(JsonToken.END_ARRAY, "the end of the [key, value] pair");
        }
        return values;
    }
}
