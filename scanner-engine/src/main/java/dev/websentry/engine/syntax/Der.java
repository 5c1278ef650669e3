package dev.websentry.engine.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An element of DER (X.690), as far as certificates and their status need it. Bounded by the bytes themselves. */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0A;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;

    private final int tag;
    private final byte[] content;
    private final byte[] encoded;

    private Der(int tag, byte[] content, byte[] encoded) {
        this.tag = tag;
        this.content = content;
        this.encoded = encoded;
    }

    /** The identifier octet; tags of more than one octet do not occur here. */
    public int tag() {
        return tag;
    }

    /** Without identifier and length. */
    public byte[] content() {
        return content.clone();
    }

    /** All of it. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * Reads one element.
     *
     * @throws IllegalArgumentException when the bytes are none
     */
    public static Der parse(byte[] bytes) {
        List<Der> all = elements(bytes);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no DER element");
        }
        return all.get(0);
    }

    /** The elements inside a constructed one. */
    public List<Der> children() {
        return elements(content);
    }

    /** The first child of that tag. */
    public Optional<Der> child(int wanted) {
        return children().stream().filter(child -> child.tag == wanted).findFirst();
    }

    /** The content as ASCII, for IA5String and its like. */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static List<Der> elements(byte[] bytes) {
        List<Der> elements = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            Der element = at(bytes, position);
            elements.add(element);
            position += element.encoded.length;
        }
        return elements;
    }

    private static Der at(byte[] bytes, int start) {
        if (bytes.length - start < 2 || (bytes[start] & 0x1f) == 0x1f) {
            throw new IllegalArgumentException("no DER element at " + start);
        }
        int length = bytes[start + 1] & 0xff;
        int header = 2;
        if (length > 0x7f) {
            int width = length & 0x7f;
            if (width == 0 || width > 4 || bytes.length - start - 2 < width) {
                throw new IllegalArgumentException("a DER length of " + width + " bytes");
            }
            length = 0;
            for (int i = 0; i < width; i++) {
                length = length << 8 | (bytes[start + 2 + i] & 0xff);
            }
            header += width;
        }
        if (length < 0 || length > bytes.length - start - header) {
            throw new IllegalArgumentException("a DER element longer than its bytes");
        }
        int end = start + header + length;
        return new Der(
                bytes[start] & 0xff,
                Arrays.copyOfRange(bytes, start + header, end),
                Arrays.copyOfRange(bytes, start, end));
    }
}
