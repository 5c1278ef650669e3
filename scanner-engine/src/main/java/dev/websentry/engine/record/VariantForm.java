package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of a sealed type's records, as an object whose one field names which. */
final class VariantForm implements Form<Object> {
    /** One of them. */
    private record Variant(String name, Class<?> type, Form<Object> form) {}

    private final List<Variant> variants;

    private VariantForm(List<Variant> variants) {
        this.variants = variants;
    }

    /** The subtypes of a generic one take its arguments in its order. */
    static VariantForm of(Shape shape, Function<Shape, Form<?>> forms) {
        return new VariantForm(Arrays.stream(shape.raw().getPermittedSubclasses())
                .map(type -> variant(type, shape, forms))
                .toList());
    }

    @SuppressWarnings("unchecked") // The form is of the variant's type.
    private static Variant variant(Class<?> type, Shape shape, Function<Shape, Form<?>> forms) {
        if (type.getTypeParameters().length != shape.arguments().size()) {
            throw new IllegalStateException("a recording has no form for " + type + " as a " + shape);
        }
        String name = type.getSimpleName();
        return new Variant(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), type, (Form<Object>)
                forms.apply(new Shape(type, shape.arguments())));
    }

    @Override
    public void write(Object value, Sink out) throws IOException {
        Variant variant = variants.stream()
                .filter(one -> one.type().isInstance(value))
                .findFirst()
                .orElseThrow();
        out.json().writeStartObject();
        out.json().writeFieldName(variant.name());
        variant.form().write(value, out);
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
        Object value = in.within("." + name, variant.form());
        in.next();
        in.require(JsonToken.END_OBJECT, "nothing beside '" + name + "'");
        return value;
    }

    private String names() {
        return variants.stream().map(one -> "'" + one.name() + "'").collect(Collectors.joining(" or "));
    }
}
