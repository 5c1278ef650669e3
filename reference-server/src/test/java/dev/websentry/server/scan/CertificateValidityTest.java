package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestSites;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The validity of a certificate is read from what the engine writes about a real one. */
class CertificateValidityTest extends EndpointTest {
    private static final Pattern EVIDENCE = Pattern.compile("valid (\\S+Z) to (\\S+Z), \\d+ in the chain");

    @Test
    void validityOfTheServedCertificateIsStored() {
        TestUser user = user(Plan.PRO);
        String id = user.client()
                .post("/api/scan", "{\"url\": \"" + TestSites.GOOD + "\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
        Matcher evidence =
                EVIDENCE.matcher(user.client().get("/api/scan/" + id + "/json").body());
        assertTrue(evidence.find());
        CertificateValidity stored =
                server().get(ScanQueryService.class).certificate(id).orElseThrow();
        Instant end = Instant.parse(evidence.group(2));
        assertEquals(end, stored.expiresAt());
        Duration lifetime = Duration.between(Instant.parse(evidence.group(1)), end);
        assertEquals(lifetime.toDays(), stored.lifetime().toDays());
    }
}
