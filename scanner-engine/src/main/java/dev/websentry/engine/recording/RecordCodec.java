package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import dev.websentry.engine.syntax.Excerpt;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Codec for records, as JSON objects with one field per component. Missing, duplicate and unknown fields are errors,
 * except that a missing optional value is empty: recordings of older versions do not have the optional components that
 * were added later.
 */
final class RecordCodec implements Codec<Object> {
    /** A record component with its accessor and codec. */
    private record ComponentCodec(String name, Method accessor, Codec<Object> codec) {
        boolean isOptional() {
            return accessor.getReturnType() == Optional.class;
        }
    }

    private final Class<?> type;
    private final List<ComponentCodec> components;
    private final Constructor<?> constructor;

    private RecordCodec(Class<?> type, List<ComponentCodec> components, Constructor<?> constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    @SuppressWarnings("unchecked") // Each codec is created for the declared type of its component.
    static RecordCodec of(ResolvedType shape, Function<ResolvedType, Codec<?>> codecs) {
        RecordComponent[] declared = shape.raw().getRecordComponents();
        List<ComponentCodec> components = new ArrayList<>();
        for (RecordComponent component : declared) {
            Codec<?> codec = codecs.apply(shape.resolve(component.getGenericType()));
            components.add(new ComponentCodec(component.getName(), component.getAccessor(), (Codec<Object>) codec));
        }
        Class<?>[] parameters =
                Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new RecordCodec(shape.raw(), components, shape.raw().getDeclaredConstructor(parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has a canonical constructor", e);
        }
    }

    @Override
    public void write(Object original, RedactingJsonWriter out) throws IOException {
        Object value = out.redaction().redactValue(original);
        out.json().writeStartObject();
        for (ComponentCodec component : components) {
            out.json().writeFieldName(component.name());
            component.codec().write(get(component, value), out);
        }
        out.json().writeEndObject();
    }

    private static Object get(ComponentCodec component, Object value) {
        try {
            return component.accessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the accessor " + component.accessor() + " cannot be called", e);
        }
    }

    @Override
    public Object read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.START_OBJECT, "an object");
        Object[] values = new Object[components.size()];
        boolean[] seen = new boolean[components.size()];
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.json().currentName();
            int index = index(name);
            if (index < 0) {
                throw in.error("unknown field '" + Excerpt.inSentence(name) + "'");
            }
            if (seen[index]) {
                throw in.error("duplicate field '" + name + "'");
            }
            in.nextToken();
            seen[index] = true;
            values[index] = in.readNested("." + name, components.get(index).codec());
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && components.get(i).isOptional()) {
                values[i] = Optional.empty();
            } else if (!seen[i]) {
                throw in.error("missing field '" + components.get(i).name() + "'");
            }
        }
        return construct(values, in);
    }

    private int index(String name) {
        for (int i = 0; i < components.size(); i++) {
            if (components.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Object construct(Object[] values, RecordingJsonReader in) throws InvalidRecordingException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw in.error("inconsistent values: " + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + type + " cannot be called", e);
        }
    }
}
