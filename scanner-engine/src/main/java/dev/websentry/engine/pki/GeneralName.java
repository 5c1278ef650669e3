package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.util.Locale;
import java.util.Optional;

/**
 * A name of a subjectAltName extension or of a name constraint (RFC 5280 section 4.2.1.6).
 *
 * @param type the number of the name form
 * @param value the encoded name
 */
record GeneralName(int type, DerElement value) {
    static final int RFC822_NAME = 1;
    static final int DNS_NAME = 2;
    static final int DIRECTORY_NAME = 4;
    static final int URI = 6;
    static final int IP_ADDRESS = 7;

    private static final int MAX_TYPE = 8;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if the element is not a general name
     */
    static GeneralName of(DerElement element) {
        int type = element.tag() & 0x1f;
        boolean constructed = type == 0 || (type >= 3 && type <= 5);
        if (type > MAX_TYPE || element.tag() != (CONTEXT | (constructed ? CONSTRUCTED : 0) | type)) {
            throw new IllegalArgumentException("invalid general name");
        }
        return new GeneralName(type, element);
    }

    /** Returns the text of a dNSName, rfc822Name or URI in lower case. */
    String text() {
        return value.text().toLowerCase(Locale.ROOT);
    }

    /** Returns the octets of an iPAddress. */
    byte[] octets() {
        return value.content();
    }

    /** Returns the name inside a directoryName; empty if it is malformed. */
    Optional<DistinguishedName> directoryName() {
        try {
            return Optional.of(DistinguishedName.of(DerElement.parseExactly(value.content())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
