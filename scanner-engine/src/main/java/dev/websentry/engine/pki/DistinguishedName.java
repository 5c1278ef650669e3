package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A distinguished name in the form in which names are compared (RFC 5280 section 7.1): text without regard to string
 * type, case and repeated spaces, other values by their encoding.
 *
 * @param rdns the relative distinguished names in the order of the encoding
 */
record DistinguishedName(List<List<Attribute>> rdns) {
    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    private static final int SET = 0x31;
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    /**
     * One attribute of a name.
     *
     * @param type object identifier
     * @param value normalized value
     */
    record Attribute(String type, String value) {}

    DistinguishedName {
        rdns = List.copyOf(rdns);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if the element is not a name
     */
    static DistinguishedName of(DerElement name) {
        require(name.tag() == DerElement.SEQUENCE);
        List<List<Attribute>> rdns = new ArrayList<>();
        for (DerElement rdn : name.children()) {
            require(rdn.tag() == SET);
            List<Attribute> attributes = new ArrayList<>();
            for (DerElement attribute : rdn.children()) {
                List<DerElement> parts = attribute.children();
                require(parts.size() == 2 && parts.get(0).tag() == DerElement.OBJECT_IDENTIFIER);
                attributes.add(new Attribute(parts.get(0).objectIdentifier(), normalized(parts.get(1))));
            }
            // The elements of a SET have no order of their own.
            attributes.sort(
                    (one, other) -> (one.type() + "=" + one.value()).compareTo(other.type() + "=" + other.value()));
            rdns.add(List.copyOf(attributes));
        }
        return new DistinguishedName(rdns);
    }

    boolean isEmpty() {
        return rdns.isEmpty();
    }

    /** Returns whether the name lies in the subtree below a base name (RFC 5280 section 4.2.1.10). */
    boolean isWithin(DistinguishedName base) {
        return rdns.size() >= base.rdns.size()
                && rdns.subList(0, base.rdns.size()).equals(base.rdns);
    }

    /** Returns the values of the emailAddress attributes, to which constraints on mail addresses apply. */
    List<String> emailAddresses() {
        return rdns.stream()
                .flatMap(List::stream)
                .filter(attribute -> attribute.type().equals(EMAIL_ADDRESS))
                .map(attribute -> attribute.value().substring(1))
                .toList();
    }

    /** Returns the value with a prefix that keeps text and other values apart. */
    private static String normalized(DerElement value) {
        Charset charset = switch (value.tag()) {
            case 0x0C -> StandardCharsets.UTF_8;
            // PrintableString, TeletexString, IA5String, VisibleString.
            case 0x13, 0x14, 0x16, 0x1A -> StandardCharsets.ISO_8859_1;
            case 0x1C -> UTF_32;
            case 0x1E -> StandardCharsets.UTF_16BE;
            default -> null;
        };
        if (charset == null) {
            return "#" + HexFormat.of().formatHex(value.encoded());
        }
        StringBuilder text = new StringBuilder("=");
        boolean space = false;
        for (char character : new String(value.content(), charset).toCharArray()) {
            if (character == ' ' || (character >= '\t' && character <= '\r')) {
                space = text.length() > 1;
                continue;
            }
            if (space) {
                text.append(' ');
                space = false;
            }
            // Only ASCII letters: clients do not fold the case of other scripts in the same way.
            text.append(character >= 'A' && character <= 'Z' ? (char) (character + 32) : character);
        }
        return text.toString();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("invalid distinguished name");
        }
    }
}
