package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class PasswordHasherTest {
    private static final String BEYOND_BCRYPT = "x".repeat(72);

    private final PasswordHasher passwords = new PasswordHasher(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "pässwörter, viele",
                "zero\0byte",
                "a password of more than the seventy-two bytes that bcrypt looks at, and still a bit longer"
            })
    void hashMatchesItsPassword(String password) {
        assertTrue(passwords.matches(password, passwords.hash(password)));
    }

    @Test
    void wholePasswordIsHashed() {
        assertFalse(passwords.matches(BEYOND_BCRYPT + "2", passwords.hash(BEYOND_BCRYPT + "1")));
        assertFalse(passwords.matches("zero\0two", passwords.hash("zero\0one")));
    }

    @Test
    void everyHashHasItsOwnSalt() {
        assertFalse(passwords.hash("correct horse").equals(passwords.hash("correct horse")));
    }

    /**
     * bcrypt returns at once for a malformed hash, and the cost factor in the hash determines the time of a comparison.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 12})
    void dummyHashHasTheFullCost(int strength) {
        String dummyHash = PasswordHasher.dummyHash(strength);
        assertEquals(60, dummyHash.length());
        assertFalse(new BCryptPasswordEncoder(strength).upgradeEncoding(dummyHash));
        assertTrue(new BCryptPasswordEncoder(strength + 1).upgradeEncoding(dummyHash));
        assertEquals(prefixOfAHash(strength), dummyHash.substring(0, 7));
    }

    private static String prefixOfAHash(int strength) {
        return new PasswordHasher(strength).hash("correct horse").substring(0, 7);
    }

    @Test
    void tooShortAndTooLongPasswordsAreRejected() {
        PasswordHasher.requireValidLength("x".repeat(PasswordHasher.MIN_LENGTH));
        PasswordHasher.requireValidLength("x".repeat(PasswordHasher.MAX_LENGTH));
        assertThrows(
                IllegalArgumentException.class,
                () -> PasswordHasher.requireValidLength("x".repeat(PasswordHasher.MIN_LENGTH - 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> PasswordHasher.requireValidLength("x".repeat(PasswordHasher.MAX_LENGTH + 1)));
    }
}
