package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private static final Email EMAIL = Email.parse("ada.lovelace@example.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890",
                "          ",
                " \t \t \t \t \t ",
                "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0",
                "password12",
                "passwordpassword",
                "aaaaaaaaaaaa",
                "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
                "abcdefghijkl",
                "qwertyuiop",
                "1q2w3e4r5t",
                "iloveyou2024",
                "ada.lovelace@example.com",
                "Ada.Lovelace@Example.com",
                "ada.lovelace",
                "lovelace12",
                "websentry2026",
                "0123456789012345678901234567890123456789"
            })
    void passwordsThatAreEasyToGuessAreRejected(String password) {
        assertThrows(IllegalArgumentException.class, () -> PasswordPolicy.requireAcceptable(password, EMAIL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "x9f!kqzT0w",
                "aslkdjqwoieu",
                "\u043b\u0435\u0441\u043d\u043e\u0439 \u0447\u0430\u0439\u043d\u0438\u043a",
                "\ud83d\ude00 seven green ladders"
            })
    void otherPasswordsAreAccepted(String password) {
        assertDoesNotThrow(() -> PasswordPolicy.requireAcceptable(password, EMAIL));
    }

    @Test
    void tooShortAndTooLongPasswordsAreRejected() {
        PasswordPolicy.requireValidLength("x".repeat(PasswordPolicy.MIN_LENGTH));
        PasswordPolicy.requireValidLength("x".repeat(PasswordPolicy.MAX_LENGTH));
        for (int length : new int[] {PasswordPolicy.MIN_LENGTH - 1, PasswordPolicy.MAX_LENGTH + 1}) {
            assertThrows(IllegalArgumentException.class, () -> PasswordPolicy.requireValidLength("x".repeat(length)));
        }
    }

    /** The library must not fail on any text. */
    @Test
    void everyTextIsJudged() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 10 + random.nextInt(30); length > 0; length--) {
                text.append((char) random.nextInt(i % 2 == 0 ? 0x80 : 0x10000));
            }
            try {
                PasswordPolicy.requireAcceptable(text.toString(), EMAIL);
            } catch (IllegalArgumentException e) {
                assertDoesNotThrow(() -> PasswordPolicy.requireValidLength(text + "xxxxxxxxxx"));
            }
        }
    }
}
