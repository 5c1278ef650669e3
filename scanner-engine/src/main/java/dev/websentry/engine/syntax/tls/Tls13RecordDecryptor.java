package dev.websentry.engine.syntax.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts the handshake records of a TLS 1.3 server in order, with the server handshake traffic keys (RFC 8446 section
 * 7).
 */
final class Tls13RecordDecryptor {
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final CipherSuite suite;
    private final String hash;
    private final byte[] key;
    private final byte[] iv;
    private long sequence;

    /**
     * Derives the keys.
     *
     * @param suite selected cipher suite
     * @param shared (EC)DHE shared secret
     * @param transcript ClientHello and ServerHello with their message headers
     * @throws GeneralSecurityException if the runtime lacks an algorithm
     */
    Tls13RecordDecryptor(CipherSuite suite, byte[] shared, byte[] transcript) throws GeneralSecurityException {
        this.suite = suite;
        this.hash = suite.name().endsWith("SHA384") ? "384" : "256";
        byte[] zeros = new byte[hash.equals("384") ? 48 : 32];
        byte[] early = hmac(zeros, zeros);
        byte[] handshake = hmac(expand(early, "derived", digest(new byte[0]), zeros.length), shared);
        byte[] traffic = expand(handshake, "s hs traffic", digest(transcript), zeros.length);
        this.key = expand(traffic, "key", new byte[0], suite.name().contains("AES_128") ? 16 : 32);
        this.iv = expand(traffic, "iv", new byte[0], IV_BYTES);
    }

    /**
     * Decrypts the next record (RFC 8446 section 5.2).
     *
     * @param header header of the record
     * @param sealed encrypted content
     * @return the content, followed by its content type and padding
     * @throws GeneralSecurityException if the record is not authentic
     */
    byte[] decrypt(byte[] header, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length <= TAG_BYTES) {
            // The provider would throw an unchecked exception.
            throw new GeneralSecurityException("record of " + sealed.length + " bytes has no content");
        }
        byte[] nonce = iv.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[IV_BYTES - 1 - i] ^= (byte) (sequence >>> (8 * i));
        }
        sequence++;
        boolean chacha = suite.name().contains("CHACHA20");
        Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, chacha ? "ChaCha20" : "AES"),
                chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(sealed);
    }

    /** HKDF-Expand-Label (RFC 8446 section 7.1). One HMAC block suffices, since no output is longer than the hash. */
    private byte[] expand(byte[] secret, String label, byte[] context, int length) throws GeneralSecurityException {
        byte[] info = new ByteWriter()
                .number(2, length)
                .vector(1, ("tls13 " + label).getBytes(StandardCharsets.US_ASCII))
                .vector(1, context)
                .number(1, 1)
                .toBytes();
        return Arrays.copyOf(hmac(secret, info), length);
    }

    private byte[] hmac(byte[] secret, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + hash);
        mac.init(new SecretKeySpec(secret, "HMAC"));
        return mac.doFinal(message);
    }

    private byte[] digest(byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-" + hash).digest(message);
    }
}
