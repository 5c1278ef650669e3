package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Codec for enum constants, written by name. */
record EnumForm(Class<?> type) implements Form<Object> {
    @Override
    public void write(Object value, Sink out) throws IOException {
        out.json().writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.VALUE_STRING, "one of " + names());
        String name = in.json().getText();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw in.wrong("unknown value '" + Messages.shortened(name) + "': expected one of " + names());
    }

    private String names() {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }
}
