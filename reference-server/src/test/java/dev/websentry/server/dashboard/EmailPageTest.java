package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.JdbcAuditEventRepository;
import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The verification of an address, from the button on the page to the link in the mailbox, and the preferences. */
class EmailPageTest extends EmailEndpointTest {
    private static final Pattern LINK =
            Pattern.compile("http://sentry\\.example\\.com(/verify-email\\?token=([0-9a-f]{64}))");

    @Test
    void linkVerifiesTheAddressOnceAndOnlyWithTheButton() {
        TestUser user = user(Plan.PRO);
        assertTrue(page(user).contains("Confirm your address"));
        String path = link(user, 1);
        // A mail scanner opens the link and does not submit the form.
        for (int i = 0; i < 3; i++) {
            String page = anonymous().get(path).assertStatus(200).body();
            assertTrue(page.contains(user.email()) && page.contains("Confirm the address"), page);
        }
        assertTrue(preference(user) == null);
        String token = path.substring(path.indexOf('=') + 1);
        // The browser that opens the link need not be the one that is logged in.
        assertTrue(anonymous()
                .submit(path, "/verify-email", "token", token)
                .assertStatus(200)
                .body()
                .contains("The address is confirmed"));
        assertEquals(new EmailPreference(user.email(), true, true), preference(user));
        assertTrue(anonymous()
                .submit("/login", "/verify-email", "token", token)
                .assertStatus(200)
                .body()
                .contains("The link is not valid"));
        assertTrue(page(user).contains("What you receive"));
        List<AuditEvent> verified =
                server().get(JdbcAuditEventRepository.class).find(user.id(), null, "EMAIL_VERIFIED");
        assertEquals(1, verified.size());
        assertEquals("proof=verification link", verified.get(0).getData().get("details"));
    }

    @Test
    void linkExpiresAndIsReplacedByANewerOne() {
        TestUser user = user(Plan.PRO);
        String first = link(user, 1);
        String second = link(user, 2);
        assertTrue(anonymous().get(first).assertStatus(200).body().contains("The link is not valid"));
        clock().advance(Duration.ofHours(49));
        assertTrue(anonymous().get(second).assertStatus(200).body().contains("The link is not valid"));
        String token = second.substring(second.indexOf('=') + 1);
        TestClient client = anonymous();
        client.submit("/login", "/verify-email", "token", token).assertStatus(200);
        assertTrue(preference(user) == null);
    }

    @Test
    void tokenIsStoredAsDigest() {
        TestUser user = user(Plan.PRO);
        String path = link(user, 1);
        String stored = server().get(JdbcClient.class)
                .sql("SELECT sha256 FROM email_token WHERE email = :email")
                .param("email", user.email())
                .query(String.class)
                .single();
        assertFalse(path.contains(stored));
        assertTrue(anonymous()
                .get("/verify-email?token=" + stored)
                .assertStatus(200)
                .body()
                .contains("The link is not valid"));
    }

    @Test
    void linksAreLimited() {
        TestUser user = user(Plan.PRO);
        for (int i = 0; i < 5; i++) {
            user.client().submit("/account/email", "/account/email/verify").assertStatus(302);
        }
        user.client().submit("/account/email", "/account/email/verify").assertStatus(429);
    }

    @Test
    void preferencesAreSaved() {
        TestUser user = user(Plan.PRO);
        user.client().submit("/account/email", "/account/email", "alerts", "on").assertStatus(400);
        server().get(EmailPreferenceRepository.class).markVerified(user.id(), user.email());
        user.client().submit("/account/email", "/account/email", "alerts", "on").assertStatus(302);
        assertEquals(new EmailPreference(user.email(), true, false), preference(user));
        user.client().submit("/account/email", "/account/email").assertStatus(302);
        assertEquals(new EmailPreference(user.email(), false, false), preference(user));
        assertFalse(page(user).contains("checked"));
    }

    @Test
    void serverWithoutAMailServerSaysSo() {
        TestClient client = TestServer.shared(vendor).client();
        String email = "me-" + SecureTokens.randomHex(6) + "@example.com";
        client.post("/api/auth/signup", credentials(email, PASSWORD)).assertStatus(200);
        String page = client.get("/account/email").assertStatus(200).body();
        assertTrue(page.contains("This server does not send e-mail"), page);
        client.submit("/account/email", "/account/email/verify").assertStatus(400);
    }

    private static String page(TestUser user) {
        return user.client().get("/account/email").assertStatus(200).body();
    }

    /** Requests a link and returns its path from the e-mail. */
    private static String link(TestUser user, int number) {
        user.client().submit("/account/email", "/account/email/verify").assertStatus(302);
        Matcher link =
                LINK.matcher(MAIL.await(user.email(), number).get(number - 1).text());
        assertTrue(link.find());
        return link.group(1);
    }

    private EmailPreference preference(TestUser user) {
        return server().get(EmailPreferenceRepository.class).find(user.id()).orElse(null);
    }
}
