package dev.websentry.engine.syntax.dkim;

import dev.websentry.engine.syntax.Der;
import dev.websentry.engine.syntax.Malformed;
import dev.websentry.engine.syntax.dns.TagList;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DKIM key record, RFC 6376 section 3.6.1.
 *
 * @param algorithm the k tag, in lower case
 * @param bits the size of the key: the modulus for RSA; 0 when revoked
 * @param testing t=y
 * @param usable whether a verifier may use it for mail: neither limited to SHA-1 (RFC 8301) nor to another service
 */
public record DkimKey(String algorithm, int bits, boolean testing, boolean usable) {
    private static final int ED25519_BYTES = 32;

    /** Whether a TXT record may be a key at all: it has a p tag, or names DKIM as its version. */
    public static boolean isKey(String text) {
        return TagList.lenient(text).get("p").isPresent() || TagList.hasVersion(text, "DKIM1");
    }

    public static DkimKey parse(String text) throws Malformed {
        TagList tags = TagList.parse(text);
        Optional<String> version = tags.get("v");
        if (version.isPresent() && !TagList.hasVersion(text.strip(), "DKIM1")) {
            throw new Malformed("v is not DKIM1, or does not come first");
        }
        String data = tags.get("p").orElseThrow(() -> new Malformed("no p tag")).replaceAll("\\s", "");
        String algorithm = tags.get("k").orElse("rsa").toLowerCase(Locale.ROOT);
        boolean hash = list(tags, "h").isEmpty() || list(tags, "h").contains("sha256");
        boolean service = list(tags, "s").isEmpty()
                || list(tags, "s").contains("*")
                || list(tags, "s").contains("email");
        return new DkimKey(algorithm, bits(algorithm, data), list(tags, "t").contains("y"), hash && service);
    }

    public boolean revoked() {
        return bits == 0;
    }

    /** RFC 8301 section 3.2 asks for 2048 bits; Ed25519 is RFC 8463. */
    public boolean strong() {
        return usable && (algorithm.equals("ed25519") ? bits == 256 : bits >= 2048);
    }

    /** RFC 8301 section 3.2: verifiers must not take less than 1024 bits. */
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

    private static int bits(String algorithm, String data) throws Malformed {
        if (data.isEmpty()) {
            return 0;
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new Malformed("p is not Base64");
        }
        return switch (algorithm) {
            case "rsa" -> modulus(key).bitLength();
            case "ed25519" -> {
                if (key.length != ED25519_BYTES) {
                    throw new Malformed("an Ed25519 key of " + key.length + " bytes");
                }
                yield 256;
            }
            default -> throw new Malformed("unknown key type " + algorithm);
        };
    }

    /**
     * The modulus of a SubjectPublicKeyInfo, or of a bare RSAPublicKey, which RFC 6376's text asks for and hardly anyone
     * writes. Read by hand: providers refuse the small keys that are to be told apart here.
     */
    private static BigInteger modulus(byte[] key) throws Malformed {
        try {
            Der outer = Der.parse(key);
            Optional<Der> bitString = outer.child(Der.BIT_STRING);
            // The first octet of a BIT STRING counts its unused bits, none here.
            Der sequence = bitString.isPresent()
                    ? Der.parse(Arrays.copyOfRange(
                            bitString.get().content(), 1, bitString.get().content().length))
                    : outer;
            BigInteger modulus = new BigInteger(
                    1,
                    sequence.child(Der.INTEGER)
                            .orElseThrow(() -> new Malformed("p is no RSA public key"))
                            .content());
            if (modulus.signum() == 0) {
                // An empty p revokes (RFC 6376 section 3.6.1); a key of zero is a mistake.
                throw new Malformed("p is an RSA public key of 0 bits");
            }
            return modulus;
        } catch (IllegalArgumentException e) {
            throw new Malformed("p is no RSA public key");
        }
    }
}
