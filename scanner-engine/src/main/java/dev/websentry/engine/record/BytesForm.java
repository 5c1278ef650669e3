package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Function;

/** Codec for binary values, such as certificates and OCSP responses, as Base64 strings. */
record BytesForm<T>(Function<T, byte[]> toBytes, Function<byte[], T> ofBytes) implements Form<T> {
    @Override
    public void write(T value, Sink out) throws IOException {
        out.json().writeString(Base64.getEncoder().encodeToString(toBytes.apply(value)));
    }

    @Override
    public T read(Source in) throws IOException, NotARecording {
        in.require(JsonToken.VALUE_STRING, "a Base64 string");
        try {
            return ofBytes.apply(Base64.getDecoder().decode(in.json().getText()));
        } catch (IllegalArgumentException e) {
            throw in.wrong("invalid Base64: " + e.getMessage());
        }
    }
}
