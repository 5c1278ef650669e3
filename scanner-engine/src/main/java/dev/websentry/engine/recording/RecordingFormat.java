package dev.websentry.engine.recording;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.OptionalInt;

/** Configures Jackson for recordings: records as they are declared, nothing converted, nothing ignored. */
final class RecordingFormat {
    /** Maximum length of a string in characters. The longest strings are revocation lists. */
    private static final int MAX_STRING_LENGTH = 16 << 20;

    /**
     * Escapes non-ASCII characters on writing, so that bytes from a site can neither break tools that read the file nor
     * change the text direction for a human reader.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(100)
                    .maxNumberLength(20)
                    .maxDocumentLength(RecordingReader.MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    static final JsonMapper MAPPER = mapper();

    private RecordingFormat() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder(JSON)
                .annotationIntrospector(new RecordIntrospector())
                // The fields of a record are its components; a method such as isRedirect() is not a property.
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .addModule(new RecordingModule())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfigDefaults(RecordingFormat::refuseCoercions)
                .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
        JsonSetter.Value nullable = JsonSetter.Value.forValueNulls(Nulls.SET);
        builder.withConfigOverride(Optional.class, optional -> optional.setSetterInfo(nullable));
        builder.withConfigOverride(OptionalInt.class, optional -> optional.setSetterInfo(nullable));
        builder.withConfigOverride(
                MapEntry.class, pair -> pair.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)));
        return builder.build();
    }

    private static void refuseCoercions(MutableCoercionConfig config) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
    }
}
