package dev.websentry.engine.syntax;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A DER element (X.690). Supports the subset of DER that certificates and OCSP responses use. Memory use is bounded by
 * the length of the input.
 */
public final class DerElement {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0A;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;

    /** Longer identifiers do not occur, and their conversion to text takes quadratic time. */
    private static final int MAX_OID_BYTES = 128;

    private final int tag;
    private final byte[] content;
    private final byte[] encoded;

    private DerElement(int tag, byte[] content, byte[] encoded) {
        this.tag = tag;
        this.content = content;
        this.encoded = encoded;
    }

    /** Returns the identifier octet. Multi-octet tags are not supported. */
    public int tag() {
        return tag;
    }

    /** Returns the content octets, without identifier and length. */
    public byte[] content() {
        return content.clone();
    }

    /** Returns the whole element, including identifier and length. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * Parses one element.
     *
     * @param bytes one or more encoded elements; the first one is returned
     * @return the element
     * @throws IllegalArgumentException if the bytes are not valid DER
     */
    public static DerElement parse(byte[] bytes) {
        List<DerElement> all = elements(bytes);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("DER element is missing");
        }
        return all.get(0);
    }

    /**
     * Returns the elements inside a constructed element.
     *
     * @throws IllegalArgumentException if the content is not valid DER
     */
    public List<DerElement> children() {
        return elements(content);
    }

    /**
     * Returns the first child with a tag.
     *
     * @param requested identifier octet
     * @throws IllegalArgumentException if the content is not valid DER
     */
    public Optional<DerElement> firstChild(int requested) {
        return children().stream().filter(child -> child.tag == requested).findFirst();
    }

    /**
     * Parses an element that must span all of the bytes.
     *
     * @param bytes exactly one encoded element
     * @return the element
     * @throws IllegalArgumentException if the bytes are not valid DER, or more follows
     */
    public static DerElement parseExactly(byte[] bytes) {
        DerElement element = parse(bytes);
        if (element.encoded.length != bytes.length) {
            throw new IllegalArgumentException("more than one DER element");
        }
        return element;
    }

    /**
     * Returns the object identifier of this element in dotted form.
     *
     * @throws IllegalArgumentException if the content is not an object identifier (X.690 section 8.19)
     */
    public String objectIdentifier() {
        if (content.length == 0 || content.length > MAX_OID_BYTES || (content[content.length - 1] & 0x80) != 0) {
            throw new IllegalArgumentException("invalid object identifier");
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger value = BigInteger.ZERO;
        for (byte octet : content) {
            value = value.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
            if ((octet & 0x80) == 0) {
                if (dotted.length() == 0) {
                    int root = value.min(BigInteger.valueOf(80)).intValue() / 40;
                    dotted.append(root);
                    value = value.subtract(BigInteger.valueOf(root * 40L));
                }
                dotted.append('.').append(value);
                value = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    /** Returns the content as ISO 8859-1 text, for IA5String and similar types. */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static List<DerElement> elements(byte[] bytes) {
        List<DerElement> elements = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            DerElement element = at(bytes, position);
            elements.add(element);
            position += element.encoded.length;
        }
        return elements;
    }

    private static DerElement at(byte[] bytes, int start) {
        if (bytes.length - start < 2 || (bytes[start] & 0x1f) == 0x1f) {
            throw new IllegalArgumentException("invalid DER element at offset " + start);
        }
        int length = bytes[start + 1] & 0xff;
        int header = 2;
        if (length > 0x7f) {
            int width = length & 0x7f;
            if (width == 0 || width > 4 || bytes.length - start - 2 < width) {
                throw new IllegalArgumentException("unsupported DER length of " + width + " bytes at offset " + start);
            }
            length = 0;
            for (int i = 0; i < width; i++) {
                length = length << 8 | (bytes[start + 2 + i] & 0xff);
            }
            header += width;
        }
        if (length < 0 || length > bytes.length - start - header) {
            throw new IllegalArgumentException("truncated DER element at offset " + start);
        }
        int end = start + header + length;
        return new DerElement(
                bytes[start] & 0xff,
                Arrays.copyOfRange(bytes, start + header, end),
                Arrays.copyOfRange(bytes, start, end));
    }
}
