package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.HmacBcryptPasswordEncoder;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.JdbcAuditEventRepository;
import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links in e-mails: a forgotten password, and an invitation. */
class PasswordResetTest extends EmailEndpointTest {
    private static final String NEW_PASSWORD = "another good phrase";
    private static final Pattern LINK = Pattern.compile("http://sentry\\.example\\.com(/\\S+=)(\\w+)");

    private final String email = newAddress("ada");
    private final String guest = newAddress("bob");

    private static String newAddress(String name) {
        return name + "-" + SecureTokens.randomHex(6) + "@example.com";
    }

    @BeforeEach
    void createAccount() {
        server().get(AccountRepository.class)
                .create(Email.parse(email), new HmacBcryptPasswordEncoder(4).encode(PASSWORD), Plan.FREE)
                .orElseThrow();
    }

    private static TestResponse request(TestClient client, String email) {
        return client.submit("/forgot-password", "/forgot-password", "email", email);
    }

    private static Matcher link(ReceivedEmail email) {
        Matcher link = LINK.matcher(email.text());
        assertTrue(link.find(), email.text());
        assertTrue(email.html().contains(link.group()), email.html());
        return link;
    }

    /** Returns the address of an account that receives alerts. */
    private static Optional<String> verified(TestServer server, String email) {
        Account account =
                server.get(AccountRepository.class).find(Email.parse(email)).orElseThrow();
        return server.get(EmailPreferenceRepository.class).find(account.id()).map(EmailPreference::email);
    }

    private List<String> verifications(String email) {
        return server().get(JdbcAuditEventRepository.class).find(account(email).id(), null, "EMAIL_VERIFIED").stream()
                .map(event -> String.valueOf(event.getData().get("details")))
                .toList();
    }

    /** The administrator sees such a link, so that its use does not prove access to the mailbox. */
    @Test
    void linkOfAnAdministratorVerifiesNoAddress() {
        Account account = account(email);
        String path = server().get(AccountAdministrationService.class).createResetLink(account, account);
        String token = path.substring(path.indexOf('=') + 1);
        server().client()
                .submit(path, "/reset-password", "token", token, "password", NEW_PASSWORD)
                .assertStatus(302);
        assertEquals(200, logIn(NEW_PASSWORD));
        assertEquals(Optional.empty(), verified(server(), email));
    }

    @Test
    void invitationOfAnAdministratorVerifiesNoAddress() {
        // This server sends no e-mail.
        TestServer silent = TestServer.shared(vendor);
        Account admin = silent.get(AccountRepository.class)
                .create(Email.parse(email), "none", Plan.FREE)
                .orElseThrow();
        String path = silent.get(AccountAdministrationService.class)
                .invite(admin, guest, Plan.FREE)
                .orElseThrow();
        String token = path.substring(path.indexOf('=') + 1);
        silent.client()
                .submit(path, "/invitation", "token", token, "password", PASSWORD)
                .assertStatus(302);
        assertEquals(Optional.empty(), verified(silent, guest));
    }

    @Test
    void resetOfAVerifiedAddressChangesNeitherTheChoiceNorTheSummary() {
        String id = account(email).id();
        EmailPreferenceRepository preferences = server().get(EmailPreferenceRepository.class);
        preferences.markVerified(id, email);
        preferences.set(id, true, true);
        Instant soon = server().clock().instant().plusSeconds(1);
        server().clock().advance(Duration.ofMinutes(1));
        preferences.set(id, false, true);
        request(server().client(), email).assertStatus(302);
        Matcher link = link(MAIL.await(email, 1).get(0));
        setNewPassword(server().client(), link).assertStatus(302);
        assertEquals(
                new EmailPreference(email, false, true), preferences.find(id).orElseThrow());
        assertEquals(List.of(id), preferences.findWithoutSummary(soon, "", 10));
        assertEquals(List.of(), verifications(email));
    }

    private static TestResponse setNewPassword(TestClient client, Matcher link) {
        String token = link.group(2);
        return client.submit(link.group(1) + token, "/reset-password", "token", token, "password", NEW_PASSWORD);
    }

    private int logIn(String password) {
        return server().client()
                .post("/api/auth/login", "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}")
                .status();
    }

    @Test
    void linkFromTheEmailSetsANewPassword() {
        TestClient visitor = server().client();
        TestResponse known = request(visitor, " " + email.replace("ada", "Ada").replace("example", "Example") + " ")
                .assertStatus(302);
        TestResponse unknown = request(server().client(), "nobody@example.com").assertStatus(302);
        assertEquals(known.header("Location"), unknown.header("Location"));
        ReceivedEmail message = MAIL.await(email, 1).get(0);
        assertEquals("Set a new password", message.subject());
        Matcher link = link(message);
        assertEquals("/reset-password?token=", link.group(1));
        setNewPassword(visitor, link).assertStatus(302);
        assertEquals(401, logIn(PASSWORD));
        assertEquals(200, logIn(NEW_PASSWORD));
        assertEquals(Optional.of(email), verified(server(), email));
        assertEquals(List.of("proof=password reset"), verifications(email));
        assertTrue(MAIL.receivedBy("nobody@example.com").isEmpty());
    }

    @Test
    void requestsAreLimitedByAddressAndSilentlyByAccount() {
        for (int i = 0; i < LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT; i++) {
            request(server().client(), email).assertStatus(302);
        }
        MAIL.await(email, LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT);
        TestClient client = server().client();
        for (int i = 0; i < LoginRateLimiter.MAX_RESET_REQUESTS_PER_ADDRESS; i++) {
            request(client, email).assertStatus(302);
        }
        request(client, email).assertStatus(429);
        request(client, "nobody@example.com").assertStatus(429);
        // The e-mail to another address is sent after those that the limit has suppressed would have been.
        String last = newAddress("last");
        server().get(AccountRepository.class)
                .create(Email.parse(last), "hash", Plan.FREE)
                .orElseThrow();
        request(server().client(), last).assertStatus(302);
        MAIL.await(last, 1);
        assertEquals(
                LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT,
                MAIL.receivedBy(email).size());
    }

    @Test
    void linkExpiresAfterAnHourAndWithTheNextOne() {
        request(server().client(), email).assertStatus(302);
        Matcher first = link(MAIL.await(email, 1).get(0));
        request(server().client(), email).assertStatus(302);
        Matcher second = link(MAIL.await(email, 2).get(1));
        assertFalse(isValid(first));
        assertTrue(isValid(second));
        server().clock().advance(Duration.ofHours(1));
        assertFalse(isValid(second));
    }

    private boolean isValid(Matcher link) {
        return server().client().get(link.group(1) + link.group(2)).body().contains(email);
    }

    @Test
    void invitationIsSentByEmail() {
        AccountRepository accounts = server().get(AccountRepository.class);
        accounts.setAdmin(accounts.find(Email.parse(email)).orElseThrow().id(), true);
        TestClient admin = server().client();
        admin.submit("/login", "/login", "email", email, "password", PASSWORD).assertStatus(302);
        TestResponse page = admin.submit("/admin/new", "/admin/invite", "email", guest, "plan", "pro")
                .assertStatus(200);
        assertTrue(page.body().contains("on its way by e-mail"), page.body());
        ReceivedEmail message = MAIL.await(guest, 1).get(0);
        assertTrue(message.text().contains(email + " invites you"), message.text());
        Matcher link = link(message);
        assertFalse(page.body().contains(link.group(2)), "the link is also on the page");
        TestClient visitor = server().client();
        visitor.submit(link.group(1) + link.group(2), "/invitation", "token", link.group(2), "password", PASSWORD)
                .assertStatus(302);
        assertEquals(Optional.of(guest), verified(server(), guest));
        assertEquals(List.of("proof=invitation"), verifications(guest));
        assertEquals(
                List.of(Plan.PRO),
                accounts.find(Email.parse(guest)).stream()
                        .map(account -> account.plan())
                        .toList());
    }
}
