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
 * The form of every type that observations are made of: found from the types themselves, once. A type that is not known here
 * is a defect that the first recording of any test shows. Never is a class named by a file looked up.
 */
final class Forms {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Map<Shape, Form<?>> known = new HashMap<>();

    private Forms() {
        known.put(Shape.of(String.class), new TextForm<>("a text", text -> text, text -> text));
        known.put(Shape.of(BodyText.class), new TextForm<>("a text", BodyText::text, BodyText::of));
        known.put(Shape.of(HttpUrl.class), new TextForm<>("a URL", HttpUrl::toString, HttpUrl::get));
        known.put(Shape.of(Target.class), new TextForm<>("a target", Target::given, Target::parse));
        known.put(Shape.of(Instant.class), new TextForm<>("a time", Instant::toString, Forms::instant));
        known.put(Shape.of(Duration.class), new TextForm<>("a duration", Duration::toString, Forms::duration));
        known.put(Shape.of(int.class), new NumberForm());
        known.put(Shape.of(boolean.class), new FlagForm());
        known.put(Shape.of(Boolean.class), new FlagForm());
        known.put(Shape.of(OptionalInt.class), new OptionalIntForm());
        known.put(Shape.of(byte[].class), new BytesForm<byte[]>(bytes -> bytes, bytes -> bytes));
        known.put(Shape.of(ByteString.class), new BytesForm<>(ByteString::toByteArray, ByteString::of));
    }

    /** The form of a record. */
    static <T extends Record> Form<T> of(Class<T> type) {
        @SuppressWarnings("unchecked") // The form of a shape is of that shape's type, below.
        Form<T> form = (Form<T>) new Forms().form(Shape.of(type));
        return form;
    }

    private Form<?> form(Shape shape) {
        Form<?> form = known.get(shape);
        if (form == null) {
            form = make(shape);
            known.put(shape, form);
        }
        return form;
    }

    private Form<?> make(Shape shape) {
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
            return RecordForm.of(shape, this::form);
        }
        if (raw.isSealed()) {
            return VariantForm.of(shape, this::form);
        }
        throw new IllegalStateException("a recording has no form for " + shape);
    }

    @SuppressWarnings("unchecked") // Any form will do as a part: what it reads is checked by the form itself.
    private Form<Object> argument(Shape shape, int index) {
        return (Form<Object>) form(shape.arguments().get(index));
    }

    /** Rules add years to it. */
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("expected a time from " + EARLIEST + " to " + LATEST);
        }
        return instant;
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("expected a duration of at most a day");
        }
        return duration;
    }
}
