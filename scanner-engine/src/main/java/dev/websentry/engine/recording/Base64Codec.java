package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Function;

/** Codec for binary values, such as certificates and OCSP responses, as Base64 strings. */
record Base64Codec<T>(Function<T, byte[]> toBytes, Function<byte[], T> fromBytes) implements Codec<T> {
    @Override
    public void write(T value, RedactingJsonWriter out) throws IOException {
        out.json().writeString(Base64.getEncoder().encodeToString(toBytes.apply(value)));
    }

    @Override
    public T read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        in.expect(JsonToken.VALUE_STRING, "a Base64 string");
        try {
            return fromBytes.apply(Base64.getDecoder().decode(in.json().getText()));
        } catch (IllegalArgumentException e) {
            throw in.error("invalid Base64: " + e.getMessage());
        }
    }
}
