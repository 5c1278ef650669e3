package dev.websentry.server.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nBcc: x@example.com", "a\nb", "a\u2028b", "a\u0000b", "a\u007fb"})
    void subjectIsOneLineWithoutControlCharacters(String subject) {
        assertThrows(IllegalArgumentException.class, () -> message("me@example.com", subject, "text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "me",
                "me@",
                "a@example.com,b@example.com",
                "a@example.com\r\nBcc: b@example.com",
                "Me <me@example.com>",
                "me@example.com@example.org",
                "me me@example.com"
            })
    void recipientIsExactlyOneAddress(String recipient) {
        assertThrows(IllegalArgumentException.class, () -> message(recipient, "subject", "text"));
    }

    @Test
    void sizesAreBounded() {
        assertThrows(IllegalArgumentException.class, () -> message("me@example.com", "s".repeat(201), "text"));
        assertThrows(
                IllegalArgumentException.class, () -> message("me@example.com", "subject", "t".repeat(256 * 1024 + 1)));
        assertThrows(
                IllegalArgumentException.class, () -> message("m".repeat(250) + "@example.com", "subject", "text"));
    }

    @Test
    void textOfTheMessageIsNotPartOfItsDescription() {
        EmailMessage message = message("me@example.com", "subject", "https://sentry.example.com/verify?token=1");
        assertFalse(message.toString().contains("token"));
        assertFalse(message.toString().contains("@"));
        assertEquals("subject", message.subject());
    }

    private static EmailMessage message(String recipient, String subject, String text) {
        return new EmailMessage(recipient, subject, text, "<p>x</p>");
    }
}
