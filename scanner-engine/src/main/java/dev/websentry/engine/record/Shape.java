package dev.websentry.engine.record;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type without type variables.
 *
 * @param arguments of a generic class; none otherwise
 */
record Shape(Class<?> raw, List<Shape> arguments) {
    Shape {
        arguments = List.copyOf(arguments);
    }

    static Shape of(Class<?> type) {
        return new Shape(type, List.of());
    }

    /** A component's or subtype's declared type, its variables replaced by this shape's arguments. */
    Shape resolve(Type declared) {
        Map<TypeVariable<?>, Shape> bound = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return resolve(declared, bound);
    }

    private static Shape resolve(Type type, Map<TypeVariable<?>, Shape> bound) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof TypeVariable<?> variable && bound.containsKey(variable)) {
            return bound.get(variable);
        }
        if (type instanceof ParameterizedType generic) {
            return new Shape(
                    (Class<?>) generic.getRawType(),
                    Arrays.stream(generic.getActualTypeArguments())
                            .map(argument -> resolve(argument, bound))
                            .toList());
        }
        throw new IllegalStateException("a recording has no form for " + type);
    }

    @Override
    public String toString() {
        String arguments =
                String.join(", ", this.arguments.stream().map(Shape::toString).toList());
        return raw.getSimpleName() + (arguments.isEmpty() ? "" : "<" + arguments + ">");
    }
}
