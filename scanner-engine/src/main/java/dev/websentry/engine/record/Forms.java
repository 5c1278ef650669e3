package dev.websentry.engine.record;

import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.target.Target;
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
final class Forms {
    private static final Instant MIN_INSTANT = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MAX_INSTANT = Instant.parse("2200-01-01T00:00:00Z");

    private final Map<Shape, Form<?>> codecs = new HashMap<>();

    private Forms() {
        codecs.put(Shape.of(String.class), new TextForm<>("a string", text -> text, text -> text));
        codecs.put(Shape.of(BodyText.class), new TextForm<>("a string", BodyText::text, BodyText::of));
        codecs.put(Shape.of(HttpUrl.class), new TextForm<>("a URL", HttpUrl::toString, HttpUrl::get));
        codecs.put(Shape.of(Target.class), new TextForm<>("a target", Target::given, Target::parse));
        codecs.put(Shape.of(Instant.class), new TextForm<>("a timestamp", Instant::toString, Forms::instant));
        codecs.put(Shape.of(Duration.class), new TextForm<>("a duration", Duration::toString, Forms::duration));
        codecs.put(Shape.of(int.class), new NumberForm());
        codecs.put(Shape.of(boolean.class), new FlagForm());
        codecs.put(Shape.of(Boolean.class), new FlagForm());
        codecs.put(Shape.of(OptionalInt.class), new OptionalIntForm());
        codecs.put(Shape.of(byte[].class), new BytesForm<byte[]>(bytes -> bytes, bytes -> bytes));
        codecs.put(Shape.of(ByteString.class), new BytesForm<>(ByteString::toByteArray, ByteString::of));
    }

    /**
     * Returns the codec of a record type.
     *
     * @param type record type whose components have supported types
     * @return the codec
     * @throws IllegalStateException if a component has an unsupported type
     */
    static <T extends Record> Form<T> of(Class<T> type) {
        @SuppressWarnings("unchecked") // create() returns a codec of the requested type.
        Form<T> codec = (Form<T>) new Forms().codec(Shape.of(type));
        return codec;
    }

    private Form<?> codec(Shape shape) {
        Form<?> codec = codecs.get(shape);
        if (codec == null) {
            codec = create(shape);
            codecs.put(shape, codec);
        }
        return codec;
    }

    private Form<?> create(Shape shape) {
        Class<?> raw = shape.raw();
        if (raw == List.class) {
            return new ListForm<>(argument(shape, 0));
        }
        if (raw == Optional.class) {
            return new OptionalForm<>(argument(shape, 0));
        }
        if (raw == Map.class) {
            return new MapForm<>(argument(shape, 0), argument(shape, 1));
        }
        if (raw.isEnum()) {
            return new EnumForm(raw);
        }
        if (raw.isRecord()) {
            return RecordForm.of(shape, this::codec);
        }
        if (raw.isSealed()) {
            return VariantForm.of(shape, this::codec);
        }
        throw new IllegalStateException("no codec for type " + shape);
    }

    @SuppressWarnings("unchecked") // The codec itself checks the type of what it reads.
    private Form<Object> argument(Shape shape, int index) {
        return (Form<Object>) codec(shape.arguments().get(index));
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
