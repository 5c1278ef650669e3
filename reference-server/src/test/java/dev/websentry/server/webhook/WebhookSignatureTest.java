package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    /**
     * The expected digest is the output of {@code printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test}.
     */
    @Test
    void headerMatchesTheOutputOfOpenssl() {
        assertEquals(
                "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789",
                WebhookSignature.headerValue("whsec_test", NOW, "{\"a\":1}"));
    }

    @Test
    void signatureDependsOnTimeBodyAndSecret() {
        String signature = WebhookSignature.headerValue("secret", NOW, "body");
        String digest = signature.substring(signature.indexOf("v1="));
        assertNotEquals(signature, WebhookSignature.headerValue("other", NOW, "body"));
        assertNotEquals(signature, WebhookSignature.headerValue("secret", NOW, "bodY"));
        assertTrue(!WebhookSignature.headerValue("secret", NOW.plusSeconds(1), "body")
                .endsWith(digest));
    }

    @Test
    void retryDelaysIncreaseAndEnd() {
        Duration last = Duration.ZERO;
        for (int attempts = 1; attempts <= 6; attempts++) {
            Duration pause = RetrySchedule.delayAfter(attempts).orElseThrow();
            assertTrue(pause.compareTo(last) > 0, attempts + ": " + pause);
            last = pause;
        }
        assertEquals(Optional.empty(), RetrySchedule.delayAfter(7));
    }
}
