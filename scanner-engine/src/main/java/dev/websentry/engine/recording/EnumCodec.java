package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import dev.websentry.engine.syntax.Excerpt;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Codec for enum constants, written by name. */
record EnumCodec(Class<?> type) implements Codec<Object> {
    @Override
    public void write(Object value, RedactingJsonWriter out) throws IOException {
        out.json().writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.VALUE_STRING, "one of " + names());
        String name = in.json().getText();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw in.error("unknown value '" + Excerpt.inSentence(name) + "': expected one of " + names());
    }

    private String names() {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }
}
