package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.MapType;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.ResponseBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The formats of all values that are neither records, lists, integers nor booleans. */
final class RecordingModule extends SimpleModule {
    private static final long serialVersionUID = 1L;
    private static final Instant MIN_INSTANT = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MAX_INSTANT = Instant.parse("2200-01-01T00:00:00Z");

    private static final List<TextFormat<?>> TEXTS = List.of(
            TextFormat.of(String.class, "a string", text -> text, text -> text),
            TextFormat.of(ResponseBody.class, "a string", ResponseBody::text, ResponseBody::of),
            TextFormat.of(HttpUrl.class, "a URL", HttpUrl::toString, HttpUrl::get),
            TextFormat.of(Target.class, "a target", Target::input, Target::parse),
            TextFormat.of(Instant.class, "a timestamp", Instant::toString, RecordingModule::instant),
            TextFormat.of(Duration.class, "a duration", Duration::toString, RecordingModule::duration));

    RecordingModule() {
        setDeserializers(new ValueDeserializers());
        setSerializers(new ValueSerializers());
        setDeserializerModifier(new StrictRecords());
        TEXTS.forEach(this::add);
        addDeserializer(byte[].class, base64(byte[].class, bytes -> bytes));
        addDeserializer(ByteString.class, base64(ByteString.class, ByteString::of));
        addSerializer(ByteString.class, new ByteStringSerializer());
        addSerializer(HttpExchange.class, new RedactingSerializer());
        addDeserializer(OptionalInt.class, new OptionalFormat.IntDeserializer());
        addSerializer(OptionalInt.class, new OptionalFormat.IntSerializer());
    }

    /** Returns what is expected in place of a value of this type, with its article. */
    static String description(Class<?> type) {
        if (type.isEnum()) {
            return TextFormat.ofEnum(type).name();
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(subtype -> "'" + RecordIntrospector.fieldName(subtype) + "'")
                    .collect(Collectors.joining(" or ", "the field ", ""));
        }
        if (type == int.class || type == Integer.class) {
            return "an integer";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return "an array";
        }
        return TEXTS.stream()
                .filter(format -> format.type() == type)
                .map(TextFormat::name)
                .findFirst()
                .orElse(type.isRecord() ? "an object" : "a Base64 string");
    }

    private <T> void add(TextFormat<T> format) {
        addSerializer(format.type(), format.serializer());
        addDeserializer(format.type(), format.deserializer());
    }

    private static <T> JsonDeserializer<T> base64(Class<T> type, Function<byte[], T> factory) {
        return new TextFormat<>(
                        type,
                        "a Base64 string",
                        "invalid Base64: ",
                        value -> "",
                        text -> factory.apply(Base64.getDecoder().decode(text)))
                .deserializer();
    }

    /** Parses a timestamp within bounds: checks add years to it, which must not overflow. */
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(MIN_INSTANT) || instant.isAfter(MAX_INSTANT)) {
            throw new IllegalArgumentException("expected a timestamp from " + MIN_INSTANT + " to " + MAX_INSTANT);
        }
        return instant;
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("expected a duration from PT0S to PT24H");
        }
        return duration;
    }

    private static final class ValueDeserializers extends SimpleDeserializers {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription bean) throws JsonMappingException {
            return type.hasRawClass(Optional.class)
                    ? new OptionalFormat.Deserializer(type)
                    : super.findBeanDeserializer(type, config, bean);
        }

        @Override
        public JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription bean) {
            return TextFormat.ofEnum(type).deserializer();
        }

        @Override
        public JsonDeserializer<?> findMapDeserializer(
                MapType type,
                DeserializationConfig config,
                BeanDescription bean,
                @Nullable KeyDeserializer keys,
                @Nullable TypeDeserializer types,
                @Nullable JsonDeserializer<?> values) {
            return MapEntry.deserializer(type);
        }
    }

    private static final class ValueSerializers extends SimpleSerializers {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription bean) {
            return type.hasRawClass(Optional.class)
                    ? new OptionalFormat.Serializer(type)
                    : super.findSerializer(config, type, bean);
        }

        @Override
        public JsonSerializer<?> findMapSerializer(
                SerializationConfig config,
                MapType type,
                BeanDescription bean,
                @Nullable JsonSerializer<Object> keys,
                @Nullable TypeSerializer types,
                @Nullable JsonSerializer<Object> values) {
            return MapEntry.serializer(type);
        }
    }

    /**
     * Refuses an unknown field at once. Jackson first collects unknown fields in memory, until it has read all
     * components of the record, and then reports the wrong position.
     */
    private static final class StrictRecords extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            if (bean.getBeanClass() != MapEntry.class) {
                builder.setAnySetter(new UnknownFieldRefusal(bean.getType()));
            }
            return builder;
        }
    }

    private static final class ByteStringSerializer extends StdSerializer<ByteString> {
        private static final long serialVersionUID = 1L;

        ByteStringSerializer() {
            super(ByteString.class);
        }

        @Override
        public void serialize(ByteString value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeBinary(value.toByteArray());
        }
    }
}
