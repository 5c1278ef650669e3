package dev.websentry.engine.syntax;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 hashes (FIPS 180-4). */
public final class Sha256 {
    private Sha256() {}

    /** Returns the hash, 32 bytes. */
    public static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime does not provide SHA-256", e);
        }
    }

    /** Returns the hash in 64 lowercase hexadecimal digits. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(hash(content));
    }

    /** Returns the hash of the UTF-8 encoding of a text in 64 lowercase hexadecimal digits. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash of the UTF-8 encoding of a text in Base64, as in a Content-Security-Policy. */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(hash(text.getBytes(StandardCharsets.UTF_8)));
    }
}
