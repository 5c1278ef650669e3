package dev.websentry.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhook messages, so that a receiver can verify their origin, integrity and time. */
final class WebhookSignature {
    /** Name of the header with the signature. */
    static final String HEADER = "WebSentry-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * Returns the value of the header: {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA-256 (RFC 2104) of SECONDS, a
     * full stop and the body. The time is signed, so that a receiver can reject replayed messages.
     *
     * @param secret key of the HMAC
     * @param now written as seconds since 1970-01-01T00:00Z
     */
    static String headerValue(String secret, Instant now, String body) {
        long seconds = now.getEpochSecond();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] digest = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available in this Java runtime", e);
        }
    }
}
