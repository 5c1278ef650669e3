package dev.websentry.server.settings;

import java.util.Base64;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the encryption of secrets in the database.
 *
 * @param keys Keys of 32 bytes in Base64 that encrypt secrets in the database. The first one encrypts, all of them
 *     decrypt. If none is set, the file websentry.key in the data directory is used, which the first start creates.
 */
public record EncryptionProperties(@DefaultValue List<String> keys) {
    private static final int KEY_BYTES = 32;

    public EncryptionProperties {
        keys = List.copyOf(keys);
        keys.forEach(EncryptionProperties::requireKey);
    }

    /** The message does not contain the value. */
    private static void requireKey(String key) {
        boolean valid;
        try {
            valid = Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            valid = false;
        }
        if (!valid) {
            throw new IllegalArgumentException("websentry.encryption.keys contains a value that is not " + KEY_BYTES
                    + " bytes in Base64; create a key with: openssl rand -base64 " + KEY_BYTES);
        }
    }

    /** Omits the keys, so that the text is safe to log. */
    @Override
    public String toString() {
        return "EncryptionProperties[" + keys.size() + " keys]";
    }
}
