package dev.websentry.server.encryption;

import dev.websentry.engine.syntax.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Encrypts secrets for the database with AES-256-GCM. An encrypted text is {@code v1.KEY.DATA}: the id of the key, and
 * the random nonce with the ciphertext in Base64. See ADR 67.
 */
public final class SecretCipher {
    private static final String VERSION = "v1";
    private static final int NONCE_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int KEY_ID_LENGTH = 8;

    private final Map<String, BytesEncryptor> keys = new LinkedHashMap<>();
    private final String currentKey;

    /**
     * Creates a cipher.
     *
     * @param keys keys of 32 bytes in Base64, at least one; the first one encrypts, all of them decrypt
     */
    public SecretCipher(List<String> keys) {
        keys.forEach(key -> this.keys.put(keyId(key), encryptor(key)));
        currentKey = keyId(keys.get(0));
    }

    private static String keyId(String key) {
        return Sha256.hex("websentry key " + key).substring(0, KEY_ID_LENGTH);
    }

    private static BytesEncryptor encryptor(String key) {
        return AesGcmBytesEncryptor.withSecretKey(
                        new SecretKeySpec(Base64.getDecoder().decode(key), "AES"))
                .ivGenerator(KeyGenerators.secureRandom(NONCE_BYTES))
                .build();
    }

    /** Encrypts a secret. Each result differs. */
    public String encrypt(String secret) {
        byte[] data = knownKey(currentKey).encrypt(secret.getBytes(StandardCharsets.UTF_8));
        return VERSION + "." + currentKey + "." + Base64.getEncoder().encodeToString(data);
    }

    /**
     * Decrypts a secret.
     *
     * @throws UnknownKeyException if it was encrypted with a key that is not configured, or was changed
     */
    public String decrypt(String encrypted) {
        String[] parts = encrypted.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new UnknownKeyException("The value in the database is not encrypted by this version");
        }
        try {
            byte[] data = Base64.getDecoder().decode(parts[2]);
            if (data.length < NONCE_BYTES + TAG_BYTES) {
                throw new UnknownKeyException("The value is too short");
            }
            byte[] secret = knownKey(parts[1]).decrypt(data);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UnknownKeyException("The value in the database was changed and cannot be decrypted", e);
        }
    }

    private BytesEncryptor knownKey(String keyId) {
        BytesEncryptor found = keys.get(keyId);
        if (found == null) {
            throw new UnknownKeyException("No configured key has the id " + keyId);
        }
        return found;
    }

    /** Returns the value encrypted with the first key; empty if it is already. */
    public Optional<String> reencrypt(String encrypted) {
        return encrypted.startsWith(VERSION + "." + currentKey + ".")
                ? Optional.empty()
                : Optional.of(encrypt(decrypt(encrypted)));
    }

    /** Thrown if a secret cannot be decrypted with the configured keys. */
    public static final class UnknownKeyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownKeyException(String message) {
            super(message);
        }

        UnknownKeyException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
