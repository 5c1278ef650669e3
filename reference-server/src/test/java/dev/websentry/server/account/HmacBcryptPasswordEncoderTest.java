package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.password.PasswordEncoder;

class HmacBcryptPasswordEncoderTest {
    private static final String BEYOND_BCRYPT = "x".repeat(72);

    private final PasswordEncoder passwords = new HmacBcryptPasswordEncoder(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "pässwörter, viele",
                "zero\0byte",
                "a password of more than the seventy-two bytes that bcrypt looks at, and still a bit longer"
            })
    void hashMatchesItsPassword(String password) {
        assertTrue(passwords.matches(password, passwords.encode(password)));
    }

    @Test
    void wholePasswordIsHashed() {
        assertFalse(passwords.matches(BEYOND_BCRYPT + "2", passwords.encode(BEYOND_BCRYPT + "1")));
        assertFalse(passwords.matches("zero\0two", passwords.encode("zero\0one")));
    }

    @Test
    void everyHashHasItsOwnSalt() {
        assertFalse(passwords.encode("correct horse").equals(passwords.encode("correct horse")));
    }

    @Test
    void composedAndDecomposedCharactersAreOnePassword() {
        assertTrue(passwords.matches("pa\u0308sswo\u0308rter", passwords.encode("p\u00e4ssw\u00f6rter")));
    }
}
