package dev.websentry.engine.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The beginning of a response body. */
record BodyPrefix(String text, boolean truncated) {
    static BodyPrefix read(BufferedSource source, @Nullable MediaType type, int limit) {
        boolean truncated = false;
        try {
            truncated = source.request(limit + 1L);
        } catch (IOException e) {
            // The headers and the received part of the body remain usable.
            truncated = true;
        }
        Buffer buffer = source.getBuffer();
        byte[] bytes;
        try {
            bytes = buffer.readByteArray(Math.min(limit, buffer.size()));
        } catch (IOException e) {
            throw new IllegalStateException("the bytes are already buffered", e);
        }
        var charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return new BodyPrefix(new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset), truncated);
    }
}
