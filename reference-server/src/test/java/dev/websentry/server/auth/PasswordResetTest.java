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
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links in e-mails: a forgotten password, and an invitation. */
class PasswordResetTest {
    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final String NEW_PASSWORD = "another good phrase";
    private static final Pattern LINK = Pattern.compile("http://sentry\\.example\\.com(/\\S+=)(\\w+)");

    private static TestServer start(DatabaseVendor vendor, TestMailServer mail) {
        TestServer server = TestServer.start(mail.settings(vendor.freshDatabase()));
        server.get(AccountRepository.class)
                .create(Email.parse(EMAIL), new HmacBcryptPasswordEncoder(4).encode(PASSWORD), Plan.FREE)
                .orElseThrow();
        return server;
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
        return server.get(EmailPreferenceRepository.class)
                .find(account(server, email).id())
                .map(EmailPreference::email);
    }

    private static Account account(TestServer server, String email) {
        return server.get(AccountRepository.class).find(Email.parse(email)).orElseThrow();
    }

    private static List<String> verifications(TestServer server, String email) {
        return server
                .get(JdbcAuditEventRepository.class)
                .find(account(server, email).id(), null, "EMAIL_VERIFIED")
                .stream()
                .map(event -> String.valueOf(event.getData().get("details")))
                .toList();
    }

    /** The administrator sees such a link, so that its use does not prove access to the mailbox. */
    @ParameterizedTest
    @EnumSource
    void linkOfAnAdministratorVerifiesNoAddress(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            Account account = account(server, EMAIL);
            String path = server.get(AccountAdministrationService.class).createResetLink(account, account);
            String token = path.substring(path.indexOf('=') + 1);
            server.client()
                    .submit(path, "/reset-password", "token", token, "password", NEW_PASSWORD)
                    .assertStatus(302);
            assertEquals(200, logIn(server, NEW_PASSWORD));
            assertEquals(Optional.empty(), verified(server, EMAIL));
        }
        try (TestServer server = TestServer.start(vendor.freshDatabase())) {
            Account admin = server.get(AccountRepository.class)
                    .create(Email.parse(EMAIL), "none", Plan.FREE)
                    .orElseThrow();
            String path = server.get(AccountAdministrationService.class)
                    .invite(admin, "bob@example.com", Plan.FREE)
                    .orElseThrow();
            String token = path.substring(path.indexOf('=') + 1);
            server.client()
                    .submit(path, "/invitation", "token", token, "password", PASSWORD)
                    .assertStatus(302);
            assertEquals(Optional.empty(), verified(server, "bob@example.com"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetOfAVerifiedAddressChangesNeitherTheChoiceNorTheSummary(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            String id = account(server, EMAIL).id();
            EmailPreferenceRepository preferences = server.get(EmailPreferenceRepository.class);
            preferences.markVerified(id, EMAIL);
            preferences.set(id, true, true);
            Instant soon = server.clock().instant().plusSeconds(1);
            server.clock().advance(Duration.ofMinutes(1));
            preferences.set(id, false, true);
            request(server.client(), EMAIL).assertStatus(302);
            Matcher link = link(mail.await(EMAIL, 1).get(0));
            server.client()
                    .submit(
                            link.group(1) + link.group(2),
                            "/reset-password",
                            "token",
                            link.group(2),
                            "password",
                            NEW_PASSWORD)
                    .assertStatus(302);
            assertEquals(
                    new EmailPreference(EMAIL, false, true),
                    preferences.find(id).orElseThrow());
            assertEquals(List.of(id), preferences.findWithoutSummary(soon, "", 10));
            assertEquals(List.of(), verifications(server, EMAIL));
        }
    }

    private static int logIn(TestServer server, String password) {
        return server.client()
                .post("/api/auth/login", "{\"email\": \"" + EMAIL + "\", \"password\": \"" + password + "\"}")
                .status();
    }

    @ParameterizedTest
    @EnumSource
    void linkFromTheEmailSetsANewPassword(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            TestClient visitor = server.client();
            TestResponse known = request(visitor, " Ada@Example.com ").assertStatus(302);
            TestResponse unknown =
                    request(server.client(), "nobody@example.com").assertStatus(302);
            assertEquals(known.header("Location"), unknown.header("Location"));
            ReceivedEmail email = mail.await(EMAIL, 1).get(0);
            assertEquals("Set a new password", email.subject());
            Matcher link = link(email);
            assertEquals("/reset-password?token=", link.group(1));
            visitor.submit(
                            link.group(1) + link.group(2),
                            "/reset-password",
                            "token",
                            link.group(2),
                            "password",
                            NEW_PASSWORD)
                    .assertStatus(302);
            assertEquals(401, logIn(server, PASSWORD));
            assertEquals(200, logIn(server, NEW_PASSWORD));
            assertEquals(Optional.of(EMAIL), verified(server, EMAIL));
            assertEquals(List.of("proof=password reset"), verifications(server, EMAIL));
            assertTrue(mail.receivedBy("nobody@example.com").isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsAreLimitedByAddressAndSilentlyByAccount(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            for (int i = 0; i < LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT; i++) {
                request(server.client(), EMAIL).assertStatus(302);
            }
            mail.await(EMAIL, LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT);
            TestClient client = server.client();
            for (int i = 0; i < LoginRateLimiter.MAX_RESET_REQUESTS_PER_ADDRESS; i++) {
                request(client, EMAIL).assertStatus(302);
            }
            request(client, EMAIL).assertStatus(429);
            request(client, "nobody@example.com").assertStatus(429);
            // The e-mail to another address is sent after those that the limit has suppressed would have been.
            server.get(AccountRepository.class)
                    .create(Email.parse("last@example.com"), "hash", Plan.FREE)
                    .orElseThrow();
            request(server.client(), "last@example.com").assertStatus(302);
            mail.await("last@example.com", 1);
            assertEquals(
                    LoginRateLimiter.MAX_RESET_LINKS_PER_ACCOUNT,
                    mail.receivedBy(EMAIL).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void linkExpiresAfterAnHourAndWithTheNextOne(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            request(server.client(), EMAIL).assertStatus(302);
            Matcher first = link(mail.await(EMAIL, 1).get(0));
            request(server.client(), EMAIL).assertStatus(302);
            Matcher second = link(mail.await(EMAIL, 2).get(1));
            assertFalse(isValid(server, first));
            assertTrue(isValid(server, second));
            server.clock().advance(Duration.ofHours(1));
            assertFalse(isValid(server, second));
        }
    }

    private static boolean isValid(TestServer server, Matcher link) {
        return server.client().get(link.group(1) + link.group(2)).body().contains(EMAIL);
    }

    @ParameterizedTest
    @EnumSource
    void invitationIsSentByEmail(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = start(vendor, mail)) {
            AccountRepository accounts = server.get(AccountRepository.class);
            accounts.setAdmin(accounts.find(Email.parse(EMAIL)).orElseThrow().id(), true);
            TestClient admin = server.client();
            admin.submit("/login", "/login", "email", EMAIL, "password", PASSWORD)
                    .assertStatus(302);
            TestResponse page = admin.submit("/admin/new", "/admin/invite", "email", "bob@example.com", "plan", "pro")
                    .assertStatus(200);
            assertTrue(page.body().contains("on its way by e-mail"), page.body());
            ReceivedEmail email = mail.await("bob@example.com", 1).get(0);
            assertTrue(email.text().contains(EMAIL + " invites you"), email.text());
            Matcher link = link(email);
            assertFalse(page.body().contains(link.group(2)), "the link is also on the page");
            TestClient guest = server.client();
            guest.submit(link.group(1) + link.group(2), "/invitation", "token", link.group(2), "password", PASSWORD)
                    .assertStatus(302);
            assertEquals(Optional.of("bob@example.com"), verified(server, "bob@example.com"));
            assertEquals(List.of("proof=invitation"), verifications(server, "bob@example.com"));
            assertEquals(
                    List.of(Plan.PRO),
                    accounts.find(Email.parse("bob@example.com")).stream()
                            .map(account -> account.plan())
                            .toList());
        }
    }
}
