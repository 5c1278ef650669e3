package dev.websentry.engine.syntax.tls;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes the fields of a TLS message in order. */
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteWriter number(int width, int value) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    ByteWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** Writes a vector: the length of the content in {@code width} bytes, then the content. */
    ByteWriter vector(int width, byte[] content) {
        return number(width, content.length).bytes(content);
    }

    ByteWriter numbers(int width, List<Integer> values) {
        values.forEach(value -> number(width, value));
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
