package dev.websentry.server.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Generates unguessable random identifiers and secrets, and compares them. */
public final class SecureTokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private SecureTokens() {}

    /** Returns a new random identifier or token of 128 bits in 32 hexadecimal digits. */
    public static String newId() {
        return randomHex(ID_BYTES);
    }

    /**
     * Returns random bytes in hexadecimal digits.
     *
     * @param bytes number of random bytes; the result has twice as many digits
     */
    public static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Compares two texts in constant time, so that the duration does not reveal how many characters match. */
    public static boolean constantTimeEquals(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
