package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Codec for records, as JSON objects with exactly one field per component. Missing, duplicate and unknown fields are
 * errors.
 */
final class RecordForm implements Form<Object> {
    /** A record component with its accessor and codec. */
    private record ComponentCodec(String name, Method accessor, Form<Object> codec) {}

    private final Class<?> type;
    private final List<ComponentCodec> components;
    private final Constructor<?> constructor;

    private RecordForm(Class<?> type, List<ComponentCodec> components, Constructor<?> constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    @SuppressWarnings("unchecked") // Each codec is created for the declared type of its component.
    static RecordForm of(Shape shape, Function<Shape, Form<?>> codecs) {
        RecordComponent[] declared = shape.raw().getRecordComponents();
        List<ComponentCodec> components = new ArrayList<>();
        for (RecordComponent component : declared) {
            Form<?> codec = codecs.apply(shape.resolve(component.getGenericType()));
            components.add(new ComponentCodec(component.getName(), component.getAccessor(), (Form<Object>) codec));
        }
        Class<?>[] parameters =
                Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new RecordForm(shape.raw(), components, shape.raw().getDeclaredConstructor(parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has a canonical constructor", e);
        }
    }

    @Override
    public void write(Object original, Sink out) throws IOException {
        Object value = out.redaction().value(original);
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
    public Object read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.START_OBJECT, "an object");
        Object[] values = new Object[components.size()];
        boolean[] seen = new boolean[components.size()];
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.json().currentName();
            int index = index(name);
            if (index < 0) {
                throw in.wrong("unknown field '" + Messages.shortened(name) + "'");
            }
            if (seen[index]) {
                throw in.wrong("duplicate field '" + name + "'");
            }
            in.next();
            seen[index] = true;
            values[index] = in.within("." + name, components.get(index).codec());
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                throw in.wrong("missing field '" + components.get(i).name() + "'");
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

    private Object construct(Object[] values, Source in) throws NotARecording {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw in.wrong("inconsistent values: " + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + type + " cannot be called", e);
        }
    }
}
