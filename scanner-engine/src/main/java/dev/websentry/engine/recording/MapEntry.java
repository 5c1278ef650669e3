package dev.websentry.engine.recording;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import dev.websentry.engine.syntax.Excerpt;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An entry of a map. A map is an array of {@code [key, value]} arrays, because keys are not always strings.
 *
 * @param key the key
 * @param value the value
 */
record MapEntry<K, V>(K key, V value) {
    /** Writes sorted entries, so that equal maps produce equal files. */
    static JsonSerializer<?> serializer(MapType type) {
        JavaType list = listType(type);
        return new StdDelegatingSerializer(conversion(type, list, map -> sorted((Map<?, ?>) map)), list, null);
    }

    static JsonDeserializer<?> deserializer(MapType type) {
        return new StdDelegatingDeserializer<>(
                conversion(listType(type), type, (List<MapEntry<Object, Object>> entries) -> toMap(entries)));
    }

    private static JavaType listType(MapType type) {
        TypeFactory types = TypeFactory.defaultInstance();
        return types.constructCollectionType(
                List.class, types.constructParametricType(MapEntry.class, type.getKeyType(), type.getContentType()));
    }

    private static List<MapEntry<?, ?>> sorted(Map<?, ?> map) {
        return map.entrySet().stream()
                .<MapEntry<?, ?>>map(entry -> new MapEntry<>(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.key())))
                .toList();
    }

    private static Map<Object, Object> toMap(List<MapEntry<Object, Object>> entries) {
        Map<Object, Object> map = new HashMap<>();
        for (MapEntry<Object, Object> entry : entries) {
            if (map.put(entry.key(), entry.value()) != null) {
                throw new IllegalArgumentException(
                        "duplicate key '" + Excerpt.inSentence(String.valueOf(entry.key())) + "'");
            }
        }
        return map;
    }

    private static <A, B> Converter<A, B> conversion(JavaType from, JavaType to, Function<A, B> function) {
        return new Converter<>() {
            @Override
            public B convert(A value) {
                return function.apply(value);
            }

            @Override
            public JavaType getInputType(TypeFactory types) {
                return from;
            }

            @Override
            public JavaType getOutputType(TypeFactory types) {
                return to;
            }
        };
    }
}
