package dev.websentry.engine.recording;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.syntax.Header;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * Creates distinct random values of any type that observations consist of. It uses its own reflection code, independent
 * of the codecs under test.
 */
final class RandomValues {
    private final Random random;
    private final Set<Class<?>> recordTypes = new HashSet<>();
    private int count = 300;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    /** Returns the record types of all values created so far. */
    Set<Class<?>> recordTypes() {
        return recordTypes;
    }

    /** Creates a value of the type. */
    Object create(Type type) throws ReflectiveOperationException {
        return create(type, Map.of());
    }

    private Object create(Type type, Map<TypeVariable<?>, Type> bound) throws ReflectiveOperationException {
        if (type instanceof TypeVariable<?> variable) {
            return create(bound.get(variable), bound);
        }
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        Type[] arguments = type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i] instanceof TypeVariable<?> variable ? bound.get(variable) : arguments[i];
        }
        count++;
        if (raw == List.class) {
            return List.of(create(arguments[0]), create(arguments[0]));
        }
        if (raw == Optional.class) {
            return random.nextBoolean() ? Optional.of(create(arguments[0])) : Optional.empty();
        }
        if (raw == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < 5; i++) {
                map.put(create(arguments[0]), create(arguments[1]));
            }
            return map;
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw.isSealed()) {
            Class<?>[] variants = raw.getPermittedSubclasses();
            return record(variants[random.nextInt(variants.length)], arguments);
        }
        return raw.isRecord() ? record(raw, arguments) : scalar(raw);
    }

    private Object record(Class<?> type, Type[] arguments) throws ReflectiveOperationException {
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            bound.put(type.getTypeParameters()[i], arguments[i]);
        }
        if (type == Target.class) {
            return Target.parse("https://t" + count + ".example.com:" + count + "/p?q=" + count);
        }
        recordTypes.add(type);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = create(components[i].getGenericType(), bound);
        }
        if (type.getSimpleName().equals("DnsAnswer")) {
            // Its compact constructor requires data for RECORDS only.
            values[1] = values[0].toString().equals("RECORDS") ? List.of("0 a", "t" + count) : List.of();
        }
        if (type == Header.class) {
            // The values of other request fields are masked.
            values[0] = count % 2 == 0 ? "Origin" : "Accept";
        }
        return type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                .newInstance(values);
    }

    private Object scalar(Class<?> type) {
        byte[] bytes = ("b" + count).getBytes(StandardCharsets.UTF_8);
        if (type == String.class || type == ResponseBody.class) {
            String text = "t" + count + " \u0000\t\"\u00e4\u4e2d\ud83d\ude00\ud800";
            return type == String.class ? text : ResponseBody.of(text);
        } else if (type == int.class) {
            return count;
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == byte[].class) {
            return bytes;
        } else if (type == ByteString.class) {
            return ByteString.of(bytes);
        } else if (type == HttpUrl.class) {
            return HttpUrl.get("https://[::1]:" + count + "/a%20b;c?d=%22&e=" + count + "#f");
        } else if (type == Instant.class) {
            return Instant.parse("2026-03-01T12:00:00.123456789Z").plusSeconds(count);
        } else if (type == Duration.class) {
            return Duration.ofNanos(count);
        } else if (type == OptionalInt.class) {
            return random.nextBoolean() ? OptionalInt.of(count) : OptionalInt.empty();
        }
        throw new IllegalStateException("no random values for type " + type + ": add them here");
    }

    /** Returns a string that is equal for two values exactly if they are equal, including the contents of arrays. */
    static String describe(Object value) throws ReflectiveOperationException {
        StringBuilder text = new StringBuilder();
        if (value instanceof byte[] bytes) {
            text.append(ByteString.of(bytes).hex());
        } else if (value instanceof Optional<?> optional) {
            text.append(optional.isPresent() ? "[" + describe(optional.get()) + "]" : "[]");
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                text.append("- ").append(describe(element)).append('\n');
            }
        } else if (value instanceof Map<?, ?> map) {
            Set<String> entries = new TreeSet<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.add(describe(entry.getKey()) + "=" + describe(entry.getValue()));
            }
            text.append(entries);
        } else if (value instanceof Record) {
            text.append(value.getClass().getSimpleName()).append('(');
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                text.append(component.getName())
                        .append('=')
                        .append(describe(component.getAccessor().invoke(value)))
                        .append(", ");
            }
            text.append(')');
        } else {
            text.append(value);
        }
        return text.toString();
    }
}
