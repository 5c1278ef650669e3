package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Codec for sealed interfaces, as JSON objects with a single field whose name is the subtype's simple name, starting in
 * lower case. Renaming a subtype therefore changes the file format.
 */
final class SealedTypeCodec implements Codec<Object> {
    /** A permitted subtype with its field name and codec. */
    private record SubtypeCodec(String name, Class<?> type, Codec<Object> codec) {}

    private final List<SubtypeCodec> variants;

    private SealedTypeCodec(List<SubtypeCodec> variants) {
        this.variants = variants;
    }

    /**
     * Creates the codec of a sealed type.
     *
     * @param shape sealed type; the subtypes of a generic one take its type arguments in the same order
     * @param codecs returns the codec of a type
     */
    static SealedTypeCodec of(ResolvedType shape, Function<ResolvedType, Codec<?>> codecs) {
        return new SealedTypeCodec(Arrays.stream(shape.raw().getPermittedSubclasses())
                .map(type -> subtypeCodec(type, shape, codecs))
                .toList());
    }

    @SuppressWarnings("unchecked") // The codec is of the variant's type.
    private static SubtypeCodec subtypeCodec(
            Class<?> type, ResolvedType shape, Function<ResolvedType, Codec<?>> codecs) {
        if (type.getTypeParameters().length != shape.arguments().size()) {
            throw new IllegalStateException("no codec for type " + type + " as a " + shape);
        }
        String name = type.getSimpleName();
        return new SubtypeCodec(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), type, (Codec<Object>)
                codecs.apply(new ResolvedType(type, shape.arguments())));
    }

    @Override
    public void write(Object value, RedactingJsonWriter out) throws IOException {
        SubtypeCodec variant = variants.stream()
                .filter(one -> one.type().isInstance(value))
                .findFirst()
                .orElseThrow();
        out.json().writeStartObject();
        out.json().writeFieldName(variant.name());
        variant.codec().write(value, out);
        out.json().writeEndObject();
    }

    @Override
    public Object read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.START_OBJECT, "an object with the field " + names());
        String name = in.nextToken() == JsonToken.FIELD_NAME ? in.json().currentName() : "";
        SubtypeCodec variant = variants.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> in.error("expected the field " + names()));
        in.nextToken();
        Object value = in.readNested("." + name, variant.codec());
        in.nextToken();
        in.expect(JsonToken.END_OBJECT, "no field other than '" + name + "'");
        return value;
    }

    private String names() {
        return variants.stream().map(one -> "'" + one.name() + "'").collect(Collectors.joining(" or "));
    }
}
