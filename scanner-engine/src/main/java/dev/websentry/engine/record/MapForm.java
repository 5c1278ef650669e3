package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Codec for maps, as a JSON array of {@code [key, value]} arrays, because keys are not always strings. Entries are
 * sorted, so that equal maps produce equal files.
 */
record MapForm<K, V>(Form<K> key, Form<V> value) implements Form<Map<K, V>> {
    @Override
    public void write(Map<K, V> values, Sink out) throws IOException {
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
    public Map<K, V> read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.START_ARRAY, "an array of [key, value] pairs");
        Map<K, V> values = new HashMap<>();
        for (int i = 0; in.next() != JsonToken.END_ARRAY; i++) {
            in.element();
            in.require(JsonToken.START_ARRAY, "a [key, value] pair");
            in.next();
            K name = in.within("[" + i + "][0]", key);
            in.next();
            if (values.put(name, in.within("[" + i + "][1]", value)) != null) {
                throw in.wrong("duplicate key '" + Messages.shortened(String.valueOf(name)) + "'");
            }
            in.next();
            in.require(JsonToken.END_ARRAY, "the end of the [key, value] pair");
        }
        return values;
    }
}
