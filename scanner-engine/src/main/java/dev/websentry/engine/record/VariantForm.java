package dev.websentry.engine.record;

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
final class VariantForm implements Form<Object> {
    /** A permitted subtype with its field name and codec. */
    private record Variant(String name, Class<?> type, Form<Object> codec) {}

    private final List<Variant> variants;

    private VariantForm(List<Variant> variants) {
        this.variants = variants;
    }

    /**
     * Creates the codec of a sealed type.
     *
     * @param shape sealed type; the subtypes of a generic one take its type arguments in the same order
     * @param codecs returns the codec of a type
     */
    static VariantForm of(Shape shape, Function<Shape, Form<?>> codecs) {
        return new VariantForm(Arrays.stream(shape.raw().getPermittedSubclasses())
                .map(type -> variant(type, shape, codecs))
                .toList());
    }

    @SuppressWarnings("unchecked") // The codec is of the variant's type.
    private static Variant variant(Class<?> type, Shape shape, Function<Shape, Form<?>> codecs) {
        if (type.getTypeParameters().length != shape.arguments().size()) {
            throw new IllegalStateException("no codec for type " + type + " as a " + shape);
        }
        String name = type.getSimpleName();
        return new Variant(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), type, (Form<Object>)
                codecs.apply(new Shape(type, shape.arguments())));
    }

    @Override
    public void write(Object value, Sink out) throws IOException {
        Variant variant = variants.stream()
                .filter(one -> one.type().isInstance(value))
                .findFirst()
                .orElseThrow();
        out.json().writeStartObject();
        out.json().writeFieldName(variant.name());
        variant.codec().write(value, out);
        out.json().writeEndObject();
    }

    @Override
    public Object read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.START_OBJECT, "an object with the field " + names());
        String name = in.next() == JsonToken.FIELD_NAME ? in.json().currentName() : "";
        Variant variant = variants.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> in.wrong("expected the field " + names()));
        in.next();
        Object value = in.within("." + name, variant.codec());
        in.next();
        in.require(JsonToken.END_OBJECT, "no field other than '" + name + "'");
        return value;
    }

    private String names() {
        return variants.stream().map(one -> "'" + one.name() + "'").collect(Collectors.joining(" or "));
    }
}
