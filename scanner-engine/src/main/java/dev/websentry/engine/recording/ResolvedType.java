package dev.websentry.engine.recording;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type whose type variables are resolved.
 *
 * @param raw the class
 * @param arguments type arguments of a generic class; otherwise empty
 */
record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {
    ResolvedType {
        arguments = List.copyOf(arguments);
    }

    static ResolvedType of(Class<?> type) {
        return new ResolvedType(type, List.of());
    }

    /** Resolves the declared type of a component or subtype: replaces type variables by the arguments of this type. */
    ResolvedType resolve(Type declared) {
        Map<TypeVariable<?>, ResolvedType> bound = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return resolve(declared, bound);
    }

    private static ResolvedType resolve(Type type, Map<TypeVariable<?>, ResolvedType> bound) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof TypeVariable<?> variable && bound.containsKey(variable)) {
            return bound.get(variable);
        }
        if (type instanceof ParameterizedType generic) {
            return new ResolvedType(
                    (Class<?>) generic.getRawType(),
                    Arrays.stream(generic.getActualTypeArguments())
                            .map(argument -> resolve(argument, bound))
                            .toList());
        }
        throw new IllegalStateException("no codec for type " + type);
    }

    @Override
    public String toString() {
        String arguments = String.join(
                ", ", this.arguments.stream().map(ResolvedType::toString).toList());
        return raw.getSimpleName() + (arguments.isEmpty() ? "" : "<" + arguments + ">");
    }
}
