package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Optional values, which are {@code null} if they are empty. */
final class OptionalFormat {
    private OptionalFormat() {}

    static final class Deserializer extends StdDeserializer<Optional<?>> {
        private static final long serialVersionUID = 1L;

        private final JavaType content;

        Deserializer(JavaType type) {
            super(type);
            content = type.containedType(0);
        }

        @Override
        public Optional<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Optional.of(context.findRootValueDeserializer(content).deserialize(json, context));
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }

    static final class Serializer extends StdSerializer<Optional<?>> {
        private static final long serialVersionUID = 1L;

        private final JavaType content;

        Serializer(JavaType type) {
            super(type);
            content = type.containedType(0);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                provider.findTypedValueSerializer(content, true, null).serialize(value.get(), json, provider);
            } else {
                json.writeNull();
            }
        }
    }

    static final class IntDeserializer extends StdDeserializer<OptionalInt> {
        private static final long serialVersionUID = 1L;

        IntDeserializer() {
            super(OptionalInt.class);
        }

        @Override
        public OptionalInt deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return OptionalInt.of(context.readValue(json, int.class));
        }

        @Override
        public OptionalInt getNullValue(DeserializationContext context) {
            return OptionalInt.empty();
        }
    }

    static final class IntSerializer extends StdSerializer<OptionalInt> {
        private static final long serialVersionUID = 1L;

        IntSerializer() {
            super(OptionalInt.class);
        }

        @Override
        public void serialize(OptionalInt value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                json.writeNumber(value.getAsInt());
            } else {
                json.writeNull();
            }
        }
    }
}
