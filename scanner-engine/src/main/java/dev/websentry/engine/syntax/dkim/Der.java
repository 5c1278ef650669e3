package dev.websentry.engine.syntax.dkim;

import dev.websentry.engine.syntax.Malformed;
import java.util.Arrays;

/** A place in a DER text, just far enough to find an RSA modulus. */
final class Der {
    private final byte[] bytes;
    private final int at;

    Der(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int tag() throws Malformed {
        require(at < bytes.length);
        return bytes[at] & 0xff;
    }

    Der plus(int more) {
        return new Der(bytes, at + more);
    }

    /** The place of the first element inside this one. */
    Der enter(int tag) throws Malformed {
        require(tag() == tag);
        return plus(headerLength());
    }

    /** The place behind this element. */
    Der skip() throws Malformed {
        return plus(headerLength() + length());
    }

    byte[] content(int tag) throws Malformed {
        Der inside = enter(tag);
        return Arrays.copyOfRange(bytes, inside.at, inside.at + length());
    }

    private int headerLength() throws Malformed {
        require(at + 1 < bytes.length);
        int first = bytes[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private int length() throws Malformed {
        require(at + 1 < bytes.length);
        int first = bytes[at + 1] & 0xff;
        int length = first;
        if (first >= 0x80) {
            int octets = first & 0x7f;
            require(octets >= 1 && octets <= 2 && at + 1 + octets < bytes.length);
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (bytes[at + 2 + i] & 0xff);
            }
        }
        require(at + headerLength() + length <= bytes.length);
        return length;
    }

    private static void require(boolean fits) throws Malformed {
        if (!fits) {
            throw new Malformed("p is no RSA public key");
        }
    }
}
