package dev.websentry.engine.syntax.dkim;

import dev.websentry.engine.syntax.DerElement;
import dev.websentry.engine.syntax.InvalidSyntaxException;
import dev.websentry.engine.syntax.Quantity;
import dev.websentry.engine.syntax.dns.TagList;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DKIM key record (RFC 6376 section 3.6.1).
 *
 * @param algorithm the value of the k tag, in lower case; {@code rsa} if there is no such tag
 * @param bits the size of the key in bits, for RSA that of the modulus; 0 if the key is revoked
 * @param testMode true if the key is in test mode (t=y)
 * @param usable true if verifiers may use the key for mail: it is neither limited to SHA-1 (RFC 8301) nor to another
 *     service
 */
public record DkimKey(String algorithm, int bits, boolean testMode, boolean usable) {
    private static final int ED25519_BYTES = 32;

    /** Returns whether a TXT record is meant as a DKIM key: it has a p tag or begins with {@code v=DKIM1}. */
    public static boolean isKeyRecord(String text) {
        return TagList.lenient(text).get("p").isPresent() || TagList.hasVersion(text, "DKIM1");
    }

    /**
     * Parses a key record.
     *
     * @param text the TXT record, its strings joined
     * @return the key
     * @throws InvalidSyntaxException if the record breaks the grammar or its key cannot be decoded
     */
    public static DkimKey parse(String text) throws InvalidSyntaxException {
        TagList tags = TagList.parse(text);
        Optional<String> version = tags.get("v");
        if (version.isPresent() && !TagList.hasVersion(text.strip(), "DKIM1")) {
            throw new InvalidSyntaxException("the v tag is not DKIM1 or is not the first tag");
        }
        String data = tags.get("p")
                .orElseThrow(() -> new InvalidSyntaxException("no p tag"))
                .replaceAll("\\s", "");
        String algorithm = tags.get("k").orElse("rsa").toLowerCase(Locale.ROOT);
        boolean hash = list(tags, "h").isEmpty() || list(tags, "h").contains("sha256");
        boolean service = list(tags, "s").isEmpty()
                || list(tags, "s").contains("*")
                || list(tags, "s").contains("email");
        return new DkimKey(algorithm, bits(algorithm, data), list(tags, "t").contains("y"), hash && service);
    }

    /** Returns whether the key is revoked: its p tag is empty. */
    public boolean revoked() {
        return bits == 0;
    }

    /**
     * Returns whether the key is usable and is RSA of at least 2048 bits (RFC 8301 section 3.2) or Ed25519 (RFC 8463).
     */
    public boolean strong() {
        return usable && (algorithm.equals("ed25519") ? bits == 256 : bits >= 2048);
    }

    /** Returns whether verifiers accept the key: RFC 8301 section 3.2 requires at least 1024 bits for RSA. */
    public boolean acceptable() {
        return strong() || (usable && algorithm.equals("rsa") && bits >= 1024);
    }

    private static List<String> list(TagList tags, String tag) {
        String value = tags.get(tag).orElse("");
        return value.isBlank()
                ? List.of()
                : Arrays.stream(value.split(":", -1))
                        .map(part -> part.strip().toLowerCase(Locale.ROOT))
                        .toList();
    }

    private static int bits(String algorithm, String data) throws InvalidSyntaxException {
        if (data.isEmpty()) {
            return 0;
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new InvalidSyntaxException("p is not Base64");
        }
        return switch (algorithm) {
            case "rsa" -> modulus(key).bitLength();
            case "ed25519" -> {
                if (key.length != ED25519_BYTES) {
                    throw new InvalidSyntaxException(
                            "Ed25519 key of " + Quantity.of(key.length, "byte") + ", expected " + ED25519_BYTES);
                }
                yield 256;
            }
            default -> throw new InvalidSyntaxException("unknown key type " + algorithm);
        };
    }

    /**
     * Returns the modulus of a SubjectPublicKeyInfo or of a bare RSAPublicKey. RFC 6376 specifies the latter, but in
     * practice nearly all records contain the former. The key is parsed here because security providers reject the
     * small keys that have to be reported.
     */
    private static BigInteger modulus(byte[] key) throws InvalidSyntaxException {
        try {
            DerElement outer = DerElement.parse(key);
            Optional<DerElement> bitString = outer.firstChild(DerElement.BIT_STRING);
            // The first octet of a BIT STRING is the number of its unused bits, which is 0 here.
            DerElement sequence = bitString.isPresent()
                    ? DerElement.parse(Arrays.copyOfRange(
                            bitString.get().content(), 1, bitString.get().content().length))
                    : outer;
            BigInteger modulus = new BigInteger(
                    1,
                    sequence.firstChild(DerElement.INTEGER)
                            .orElseThrow(() -> new InvalidSyntaxException("p is not an RSA public key"))
                            .content());
            if (modulus.signum() == 0) {
                // Only an empty p tag revokes a key (RFC 6376 section 3.6.1); a modulus of zero is an error.
                throw new InvalidSyntaxException("p is an RSA public key of 0 bits");
            }
            return modulus;
        } catch (IllegalArgumentException e) {
            throw new InvalidSyntaxException("p is not an RSA public key");
        }
    }
}
