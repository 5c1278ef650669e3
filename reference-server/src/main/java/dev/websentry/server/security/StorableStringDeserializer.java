package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.log.StorableText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Rejects strings that a database cannot store, so that every field of every request is checked. */
final class StorableStringDeserializer extends StringDeserializer {
    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && !StorableText.isStorable(text)) {
            throw ApiException.invalidRequest("The field '" + parser.currentName()
                    + "' contains a NUL character or an unpaired surrogate; remove it");
        }
        return text;
    }
}
