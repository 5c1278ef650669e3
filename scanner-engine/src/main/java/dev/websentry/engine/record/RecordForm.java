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

/** A record as an object: every component under its own name, all of them, nothing else. */
final class RecordForm implements Form<Object> {
    /** One component. */
    private record Part(String name, Method accessor, Form<Object> form) {}

    private final Class<?> type;
    private final List<Part> parts;
    private final Constructor<?> constructor;

    private RecordForm(Class<?> type, List<Part> parts, Constructor<?> constructor) {
        this.type = type;
        this.parts = parts;
        this.constructor = constructor;
    }

    @SuppressWarnings("unchecked") // A part's form is of the component's type: both come from the declaration.
    static RecordForm of(Shape shape, Function<Shape, Form<?>> forms) {
        RecordComponent[] components = shape.raw().getRecordComponents();
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : components) {
            Shape declared = shape.resolve(component.getGenericType());
            parts.add(new Part(component.getName(), component.getAccessor(), (Form<Object>) forms.apply(declared)));
        }
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new RecordForm(shape.raw(), parts, shape.raw().getDeclaredConstructor(parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a canonical constructor", e);
        }
    }

    @Override
    public void write(Object given, Sink out) throws IOException {
        Object value = out.redaction().value(given);
        out.json().writeStartObject();
        for (Part part : parts) {
            out.json().writeFieldName(part.name());
            part.form().write(component(part, value), out);
        }
        out.json().writeEndObject();
    }

    private static Object component(Part part, Object value) {
        try {
            return part.accessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the accessor " + part.accessor() + " cannot be called", e);
        }
    }

    @Override
    public Object read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.START_OBJECT, "an object");
        Object[] values = new Object[parts.size()];
        boolean[] seen = new boolean[parts.size()];
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.json().currentName();
            int index = index(name);
            if (index < 0) {
                throw in.wrong("unknown field '" + Messages.shortened(name) + "'");
            }
            if (seen[index]) {
                throw in.wrong("the field '" + name + "' is there twice");
            }
            in.next();
            seen[index] = true;
            values[index] = in.within("." + name, parts.get(index).form());
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                throw in.wrong("the field '" + parts.get(i).name() + "' is missing");
            }
        }
        return construct(values, in);
    }

    private int index(String name) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Object construct(Object[] values, Source in) throws NotARecording {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw in.wrong(
                    "values that do not go together: " + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + type + " cannot be called", e);
        }
    }
}
