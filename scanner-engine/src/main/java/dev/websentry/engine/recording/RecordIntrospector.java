package dev.websentry.engine.recording;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes from the declarations what Jackson otherwise takes from annotations. A sealed type is an object with one field
 * that names the permitted subtype, so no class is looked up by a name in the file. A component is required unless it
 * is an {@link Optional}: recordings of older versions do not have the optional components that were added later.
 */
final class RecordIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return member.getRawType() != Optional.class;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated.getRawType() != null && annotated.getRawType().isSealed()
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.WRAPPER_OBJECT, null, null, false, true, null)
                : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        return annotated.getRawType() != null && annotated.getRawType().isSealed()
                ? Arrays.stream(annotated.getRawType().getPermittedSubclasses())
                        .map(type -> new NamedType(type, fieldName(type)))
                        .toList()
                : null;
    }

    /** Returns the name of the field that holds a value of a permitted subtype. */
    static String fieldName(Class<?> subtype) {
        String name = subtype.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
