package dev.websentry.engine.syntax.tls;

import dev.websentry.engine.syntax.Quantity;
import java.util.Arrays;

/** Reads the fields of a TLS message in order. Reading beyond the end throws {@link MalformedTlsException}. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    boolean isEmpty() {
        return position == end;
    }

    /**
     * Reads an unsigned integer.
     *
     * @param width number of bytes, at most 3
     */
    int number(int width) throws MalformedTlsException {
        require(width);
        int value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (bytes[position++] & 0xff);
        }
        return value;
    }

    byte[] bytes(int length) throws MalformedTlsException {
        require(length);
        byte[] part = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return part;
    }

    /**
     * Reads a vector: its length in {@code width} bytes, then its content.
     *
     * @return a reader of the content
     */
    ByteReader vector(int width) throws MalformedTlsException {
        int length = number(width);
        require(length);
        ByteReader part = new ByteReader(bytes, position, position + length);
        position += length;
        return part;
    }

    byte[] rest() throws MalformedTlsException {
        return bytes(end - position);
    }

    private void require(int length) throws MalformedTlsException {
        if (length < 0 || length > end - position) {
            throw new MalformedTlsException(
                    "field of " + Quantity.of(length, "byte") + " where " + (end - position) + " remain");
        }
    }
}
