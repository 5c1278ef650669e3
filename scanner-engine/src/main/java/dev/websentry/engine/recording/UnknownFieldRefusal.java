package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.PropertyMetadata;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.SettableAnyProperty;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.List;

/** The place where Jackson puts unknown fields; refuses them. */
final class UnknownFieldRefusal extends SettableAnyProperty {
    private static final long serialVersionUID = 1L;

    UnknownFieldRefusal(JavaType record) {
        super(
                new BeanProperty.Std(new PropertyName(""), record, null, null, PropertyMetadata.STD_OPTIONAL),
                null,
                record,
                null,
                null,
                null);
    }

    @Override
    public void fixAccess(DeserializationConfig config) {
        // There is no member to access.
    }

    @Override
    public boolean hasValueDeserializer() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        throw UnrecognizedPropertyException.from(json, _type.getRawClass(), json.currentName(), List.of());
    }

    @Override
    public void deserializeAndSet(JsonParser json, DeserializationContext context, Object record, String name)
            throws IOException {
        deserialize(json, context);
    }

    @Override
    protected void _set(Object record, Object name, Object value) {
        throw new IllegalStateException("a record has no other fields");
    }

    @Override
    public SettableAnyProperty withValueDeserializer(JsonDeserializer<Object> deserializer) {
        return this;
    }
}
