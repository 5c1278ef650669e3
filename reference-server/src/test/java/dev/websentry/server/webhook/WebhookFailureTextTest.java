package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.net.DialException;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.server.scan.LoggingAddressPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookFailureTextTest {
    /** What a receiver, a resolver or the JDK may write into the message of an exception. */
    private static final String FOREIGN = "PKIX path \u001b[31m 10.0.0.1";

    static Stream<IOException> failures() {
        SSLHandshakeException untrusted = new SSLHandshakeException(FOREIGN);
        untrusted.initCause(new CertificateException(FOREIGN));
        return Stream.of(
                untrusted,
                new SSLException(FOREIGN),
                new SSLPeerUnverifiedException(FOREIGN),
                new InterruptedIOException(FOREIGN),
                new SocketTimeoutException(FOREIGN),
                new ProtocolException(FOREIGN),
                new EOFException(FOREIGN),
                new SocketException(FOREIGN),
                new IOException(FOREIGN),
                new IOException());
    }

    private static void assertOurText(String text) {
        assertFalse(text.contains("10.0.0.1") || text.contains("PKIX") || text.contains("Exception"), text);
        assertTrue(text.matches("[\\x20-\\x7e]{20,250}"), text);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void messagesOfExceptionsAreNotShown(IOException failure) {
        assertOurText(WebhookFailureText.of(failure, true));
    }

    @ParameterizedTest
    @EnumSource
    void failedConnectionsAreDescribed(RequestFailureKind kind) {
        assertOurText(WebhookFailureText.of(new IOException(new DialException(kind, FOREIGN)), true));
    }

    @Test
    void blockedAddressesNameTheSetting() {
        DialException blocked = new DialException(RequestFailureKind.BLOCKED_ADDRESS, FOREIGN);
        assertEquals(LoggingAddressPolicy.REFUSAL, WebhookFailureText.of(blocked, true));
        assertTrue(LoggingAddressPolicy.REFUSAL.contains("websentry.scan.allow"));
        assertEquals(WebhookFailureText.PLAIN_HTTP, WebhookFailureText.of(blocked, false));
    }
}
