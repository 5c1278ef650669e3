package dev.websentry.server.webhook;

import dev.websentry.engine.net.DialException;
import dev.websentry.server.scan.LoggingAddressPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Describes failed deliveries for the owner of a webhook. Messages of exceptions are not used: they are written for
 * programmers, and may quote what the receiver has sent or name internal addresses.
 */
final class WebhookFailureText {
    private static final String TIMED_OUT =
            "The receiver did not respond within " + WebhookClient.TIMEOUT.toSeconds() + " seconds";

    static final String PLAIN_HTTP = "Plain HTTP is only allowed for addresses in the setting websentry.scan.allow of"
            + " this server; use an https URL";

    private WebhookFailureText() {}

    /**
     * Returns a sentence about a failure.
     *
     * @param https whether the URL of the webhook is https; http is only allowed for the ranges of the settings
     */
    static String of(IOException failure, boolean https) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DialException dial) {
                return of(dial, https);
            }
            if (cause instanceof SSLPeerUnverifiedException) {
                return "The certificate of the receiver is not valid for its host name";
            }
            if (cause instanceof CertificateException) {
                return "The certificate of the receiver is not trusted; it must be valid and issued by a known authority";
            }
        }
        if (failure instanceof SSLException) {
            return "The TLS connection to the receiver failed; it must support TLS 1.2 or 1.3";
        }
        if (failure instanceof InterruptedIOException) {
            return TIMED_OUT;
        }
        if (failure instanceof ProtocolException) {
            return "The receiver did not send a valid HTTP response";
        }
        return failure instanceof EOFException || failure instanceof SocketException
                ? "The receiver closed the connection before it responded"
                : "The receiver did not respond, or not with a valid HTTP response";
    }

    private static String of(DialException failure, boolean https) {
        return switch (failure.kind()) {
            case BLOCKED_ADDRESS -> https ? LoggingAddressPolicy.REFUSAL : PLAIN_HTTP;
            case UNRESOLVABLE -> "The host name of the receiver does not exist";
            case RESOLVER_FAILED -> "The host name of the receiver could not be looked up; try again later";
            case REFUSED -> "The receiver refused the connection";
            case CONNECT_TIMED_OUT -> "The receiver did not accept the connection in time";
            case NO_ROUTE -> "The network of the receiver cannot be reached";
            case TLS_FAILED, CLIENT_CERTIFICATE_REQUIRED -> "The TLS connection to the receiver failed";
            case CLOSED, CONNECTION_LOST -> "The receiver closed the connection before it responded";
            case READ_TIMED_OUT -> TIMED_OUT;
            case MALFORMED -> "The receiver did not send a valid HTTP response";
            case PROXY_REFUSED -> "A proxy did not connect to the receiver";
        };
    }
}
