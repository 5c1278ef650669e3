package dev.websentry.engine.recording;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ResponseBody;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * Builds and caches the codec of every type that observations consist of.
 *
 * <p>Codecs are derived from the type declarations by reflection. An unsupported type is a programming error; every
 * test that writes a recording detects it. Class names in a file are never resolved, so a file cannot cause classes to
 * be loaded.
 */
final class CodecRegistry {
    private static final Instant MIN_INSTANT = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MAX_INSTANT = Instant.parse("2200-01-01T00:00:00Z");

    private final Map<ResolvedType, Codec<?>> codecs = new HashMap<>();

    private CodecRegistry() {
        codecs.put(ResolvedType.of(String.class), new StringCodec<>("a string", text -> text, text -> text));
        codecs.put(
                ResolvedType.of(ResponseBody.class),
                new StringCodec<>("a string", ResponseBody::text, ResponseBody::of));
        codecs.put(ResolvedType.of(HttpUrl.class), new StringCodec<>("a URL", HttpUrl::toString, HttpUrl::get));
        codecs.put(ResolvedType.of(Target.class), new StringCodec<>("a target", Target::input, Target::parse));
        codecs.put(
                ResolvedType.of(Instant.class),
                new StringCodec<>("a timestamp", Instant::toString, CodecRegistry::instant));
        codecs.put(
                ResolvedType.of(Duration.class),
                new StringCodec<>("a duration", Duration::toString, CodecRegistry::duration));
        codecs.put(ResolvedType.of(int.class), new IntegerCodec());
        codecs.put(ResolvedType.of(boolean.class), new BooleanCodec());
        codecs.put(ResolvedType.of(Boolean.class), new BooleanCodec());
        codecs.put(ResolvedType.of(OptionalInt.class), new OptionalIntCodec());
        codecs.put(ResolvedType.of(byte[].class), new Base64Codec<byte[]>(bytes -> bytes, bytes -> bytes));
        codecs.put(ResolvedType.of(ByteString.class), new Base64Codec<>(ByteString::toByteArray, ByteString::of));
    }

    /**
     * Returns the codec of a record type.
     *
     * @param type record type whose components have supported types
     * @return the codec
     * @throws IllegalStateException if a component has an unsupported type
     */
    static <T extends Record> Codec<T> of(Class<T> type) {
        @SuppressWarnings("unchecked") // create() returns a codec of the requested type.
        Codec<T> codec = (Codec<T>) new CodecRegistry().codec(ResolvedType.of(type));
        return codec;
    }

    private Codec<?> codec(ResolvedType shape) {
        Codec<?> codec = codecs.get(shape);
        if (codec == null) {
            codec = create(shape);
            codecs.put(shape, codec);
        }
        return codec;
    }

    private Codec<?> create(ResolvedType shape) {
        Class<?> raw = shape.raw();
        if (raw == List.class) {
            return new ListCodec<>(argument(shape, 0));
        }
        if (raw == Optional.class) {
            return new OptionalCodec<>(argument(shape, 0));
        }
        if (raw == Map.class) {
            return new MapCodec<>(argument(shape, 0), argument(shape, 1));
        }
        if (raw.isEnum()) {
            return new EnumCodec(raw);
        }
        if (raw.isRecord()) {
            return RecordCodec.of(shape, this::codec);
        }
        if (raw.isSealed()) {
            return SealedTypeCodec.of(shape, this::codec);
        }
        throw new IllegalStateException("no codec for type " + shape);
    }

    @SuppressWarnings("unchecked") // The codec itself checks the type of what it reads.
    private Codec<Object> argument(ResolvedType shape, int index) {
        return (Codec<Object>) codec(shape.arguments().get(index));
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
}
