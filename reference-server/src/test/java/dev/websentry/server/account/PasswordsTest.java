package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class PasswordsTest {
    private static final String BEYOND_BCRYPT = "x".repeat(72);

    private final Passwords passwords = new Passwords(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "pässwörter, viele",
                "zero\0byte",
                "a password of more than the seventy-two bytes that bcrypt looks at, and still a bit longer"
            })
    void matchesThePasswordItself(String password) {
        assertTrue(passwords.matches(password, passwords.hash(password)));
    }

    @Test
    void looksAtAllOfThePassword() {
        assertFalse(passwords.matches(BEYOND_BCRYPT + "2", passwords.hash(BEYOND_BCRYPT + "1")));
        assertFalse(passwords.matches("zero\0two", passwords.hash("zero\0one")));
    }

    @Test
    void saltsEveryHash() {
        assertFalse(passwords.hash("correct horse").equals(passwords.hash("correct horse")));
    }

    /** bcrypt answers at once where a hash has not its form; and the cost that stands in it is what a comparison takes. */
    @ParameterizedTest
    @ValueSource(ints = {4, 12})
    void comparesWithNobodyAtFullCost(int strength) {
        String nobodys = Passwords.ofNobody(strength);
        assertEquals(60, nobodys.length());
        assertFalse(new BCryptPasswordEncoder(strength).upgradeEncoding(nobodys));
        assertTrue(new BCryptPasswordEncoder(strength + 1).upgradeEncoding(nobodys));
        assertEquals(hashedLike(strength), nobodys.substring(0, 7));
    }

    private static String hashedLike(int strength) {
        return new Passwords(strength).hash("correct horse").substring(0, 7);
    }

    @Test
    void refusesWhatIsTooShortOrTooLong() {
        Passwords.requireFit("x".repeat(Passwords.SHORTEST));
        Passwords.requireFit("x".repeat(Passwords.LONGEST));
        assertThrows(IllegalArgumentException.class, () -> Passwords.requireFit("x".repeat(Passwords.SHORTEST - 1)));
        assertThrows(IllegalArgumentException.class, () -> Passwords.requireFit("x".repeat(Passwords.LONGEST + 1)));
    }
}
