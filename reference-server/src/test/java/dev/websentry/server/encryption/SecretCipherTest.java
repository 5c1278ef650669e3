package dev.websentry.server.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.encryption.SecretCipher.UnknownKeyException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {
    private static final String OLD = key('a');
    private static final String NEW = key('b');
    private static final String SECRET = "whsec_0123456789";

    private static String key(char filler) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(filler).repeat(32).getBytes());
    }

    @Test
    void secretIsEncryptedDifferentlyEachTime() {
        SecretCipher cipher = new SecretCipher(List.of(OLD));
        String encrypted = cipher.encrypt(SECRET);
        assertFalse(encrypted.contains(SECRET), encrypted);
        assertNotEquals(encrypted, cipher.encrypt(SECRET));
        assertEquals(SECRET, cipher.decrypt(encrypted));
    }

    @Test
    void keyIsReplacedWithoutLosingSecrets() {
        String encrypted = new SecretCipher(List.of(OLD)).encrypt(SECRET);
        SecretCipher both = new SecretCipher(List.of(NEW, OLD));
        assertEquals(SECRET, both.decrypt(encrypted));
        String rotated = both.reencrypt(encrypted).orElseThrow();
        assertEquals(SECRET, new SecretCipher(List.of(NEW)).decrypt(rotated));
        assertEquals(Optional.empty(), both.reencrypt(rotated));
        assertThrows(UnknownKeyException.class, () -> new SecretCipher(List.of(NEW)).decrypt(encrypted));
    }

    @Test
    void changedValueIsRejected() {
        SecretCipher cipher = new SecretCipher(List.of(OLD));
        String encrypted = cipher.encrypt(SECRET);
        int last = encrypted.length() - 8;
        char other = encrypted.charAt(last) == 'A' ? 'B' : 'A';
        String changed = encrypted.substring(0, last) + other + encrypted.substring(last + 1);
        assertThrows(UnknownKeyException.class, () -> cipher.decrypt(changed));
    }

    /** The id of the key is known to everyone who has a link or cookie that was encrypted with it. */
    @Test
    void valueThatIsTooShortIsRejected() {
        SecretCipher cipher = new SecretCipher(List.of(OLD));
        String encrypted = cipher.encrypt(SECRET);
        String prefix = encrypted.substring(0, encrypted.lastIndexOf('.') + 1);
        for (int length = 0; length <= 32; length++) {
            String text = prefix + Base64.getEncoder().encodeToString(new byte[length]);
            assertThrows(UnknownKeyException.class, () -> cipher.decrypt(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_plain", "v1.x", "v2.a.b", "v1..", "v1.00000000.AAAA"})
    void otherTextIsRejected(String text) {
        SecretCipher cipher = new SecretCipher(List.of(OLD));
        assertThrows(UnknownKeyException.class, () -> cipher.decrypt(text));
    }
}
