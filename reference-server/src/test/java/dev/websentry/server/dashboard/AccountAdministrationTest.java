package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.JdbcAuditEventRepository;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What administrators do with accounts in the dashboard, on a server without e-mail. */
class AccountAdministrationTest extends EndpointTest {
    private static final Pattern LINK = Pattern.compile("<code id=\"link\">http://[^/]+(/[^<]+)</code>");

    private static String page(TestUser user) {
        return "/admin/" + user.id();
    }

    private static TestResponse act(TestUser admin, TestUser user, String action, String... fields) {
        return admin.client().submit(page(user), page(user) + "/" + action, fields);
    }

    private static String link(TestResponse response) {
        Matcher link = LINK.matcher(response.assertStatus(200).body());
        assertTrue(link.find(), response.body());
        return link.group(1);
    }

    private List<String> audited(String subject) {
        return server().get(JdbcAuditEventRepository.class).find(subject, null, null).stream()
                .map(AuditEvent::getType)
                .toList();
    }

    private static String newAddress() {
        return "guest-" + SecureTokens.randomHex(6) + "@example.com";
    }

    @Test
    void administratorCreatesAnAccountWithAPasswordAndAPlan() {
        TestUser admin = admin();
        String email = newAddress();
        TestClient client = admin.client();
        client.submit("/admin/new", "/admin/new", "email", email, "password", "short", "plan", "pro")
                .assertStatus(400);
        client.submit("/admin/new", "/admin/new", "email", email, "password", PASSWORD, "plan", "gold")
                .assertStatus(400);
        client.submit("/admin/new", "/admin/new", "email", email, "password", PASSWORD, "plan", "pro")
                .assertStatus(302);
        assertEquals(Plan.PRO, account(email).plan());
        assertTrue(audited(account(email).id()).contains("ACCOUNT_CREATED"));
        anonymous().post("/api/auth/login", credentials(email, PASSWORD)).assertStatus(200);
        client.submit("/admin/new", "/admin/new", "email", email, "password", PASSWORD, "plan", "pro")
                .assertStatus(400);
    }

    @Test
    void invitationLinkIsShownOnceWorksOnceAndOpeningItChangesNothing() {
        TestUser admin = admin();
        String email = newAddress();
        TestResponse invited =
                admin.client().submit("/admin/new", "/admin/invite", "email", email.toUpperCase(), "plan", "agency");
        String link = link(invited);
        String token = link.substring(link.indexOf('=') + 1);
        assertFalse(admin.client().get("/admin/new").body().contains(token));
        assertTrue(admin.client().get("/admin/new").body().contains(email));
        assertEquals(
                0,
                server().get(JdbcClient.class)
                        .sql("SELECT count(*) FROM email_token WHERE sha256 = :token")
                        .param("token", token)
                        .query(Integer.class)
                        .single());

        TestClient guest = anonymous();
        guest.get(link).assertStatus(200);
        guest.get(link).assertStatus(200);
        guest.submit(link, "/invitation", "token", token, "password", "short").assertStatus(400);
        guest.submit(link, "/invitation", "token", token, "password", PASSWORD).assertStatus(302);
        assertEquals(
                "agency", guest.get("/api/account").json().at("/account/plan").asString());
        assertTrue(anonymous().get(link).body().contains("This invitation is not valid."));
        anonymous()
                .submit("/login", "/invitation", "token", token, "password", PASSWORD)
                .assertStatus(404);
        assertTrue(audited(email).contains("ACCOUNT_INVITED"));
        admin.client()
                .submit("/admin/new", "/admin/invite", "email", email, "plan", "free")
                .assertStatus(400);
    }

    @Test
    void revokedAndExpiredInvitationsCreateNoAccount() {
        TestUser admin = admin();
        String email = newAddress();
        String revoked = link(admin.client().submit("/admin/new", "/admin/invite", "email", email, "plan", "free"));
        admin.client()
                .submit("/admin/new", "/admin/revoke-invitation", "email", email)
                .assertStatus(302);
        assertTrue(anonymous().get(revoked).body().contains("This invitation is not valid."));
        String expired = link(admin.client().submit("/admin/new", "/admin/invite", "email", email, "plan", "free"));
        clock().advance(Duration.ofDays(7));
        assertTrue(anonymous().get(expired).body().contains("This invitation is not valid."));
        assertTrue(
                server().get(AccountRepository.class).find(Email.parse(email)).isEmpty());
        assertEquals(
                List.of("ACCOUNT_INVITED", "ACCOUNT_INVITED", "INVITATION_REVOKED"),
                audited(email).stream().sorted().toList());
    }

    @Test
    void disablingEndsSessionsAndKeysAtOnce() {
        TestUser admin = admin();
        TestUser user = user(Plan.PRO);
        TestClient program = apiClient(user);
        program.get("/api/scans").assertStatus(200);
        act(admin, user, "disable").assertStatus(302);
        user.client().get("/api/account").assertError(401, "unauthorized");
        program.get("/api/scans").assertError(403, "forbidden");
        act(admin, user, "enable").assertStatus(302);
        program.get("/api/scans").assertStatus(200);
        user.client().get("/api/account").assertError(401, "unauthorized");
        assertTrue(audited(user.id()).containsAll(List.of("ACCOUNT_DISABLED", "ACCOUNT_ENABLED")));
    }

    @Test
    void deletingRemovesTheAccountWithItsSessionsAndKeys() {
        TestUser admin = admin();
        TestUser user = user(Plan.PRO);
        TestClient program = apiClient(user);
        act(admin, user, "delete").assertStatus(302);
        user.client().get("/api/account").assertError(401, "unauthorized");
        program.get("/api/scans").assertError(401, "unauthorized");
        admin.client().get(page(user)).assertStatus(404);
        assertTrue(audited(user.id()).contains("ACCOUNT_DELETED"));
    }

    @Test
    void plansAndAdministratorsAreSetAndNobodyRemovesTheOwnAccount() {
        TestUser admin = admin();
        TestUser user = user(Plan.FREE);
        act(admin, user, "plan", "plan", "agency").assertStatus(302);
        act(admin, user, "plan", "plan", "gold").assertStatus(400);
        assertEquals(Plan.AGENCY, account(user.email()).plan());
        act(admin, user, "set-admin").assertStatus(302);
        user.client().get("/admin").assertStatus(200);
        act(user, admin, "unset-admin").assertStatus(302);
        admin.client().get("/admin").assertStatus(403);
        assertTrue(act(user, user, "disable").assertStatus(400).body().contains("You cannot disable the account"));
        assertTrue(act(user, user, "delete").assertStatus(400).body().contains("You cannot delete the account"));
        assertTrue(audited(admin.id()).contains("ADMIN_REVOKED"));
        assertTrue(audited(user.id()).containsAll(List.of("ADMIN_GRANTED", "PLAN_CHANGED")));
    }

    @Test
    void resetLinkOfAnAdministratorSetsANewPasswordOnceAndEndsTheSessions() {
        TestUser admin = admin();
        TestUser user = user(Plan.FREE);
        String link = link(act(admin, user, "reset-link"));
        String token = link.substring(link.indexOf('=') + 1);
        user.client().get("/api/account").assertStatus(200);
        TestClient visitor = anonymous();
        assertTrue(visitor.get(link).assertStatus(200).body().contains(user.email()));
        visitor.submit(link, "/reset-password", "token", token, "password", "short")
                .assertStatus(400);
        visitor.submit(link, "/reset-password", "token", token, "password", "another good phrase")
                .assertStatus(302);
        user.client().get("/api/account").assertError(401, "unauthorized");
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).assertStatus(401);
        anonymous()
                .post("/api/auth/login", credentials(user.email(), "another good phrase"))
                .assertStatus(200);
        assertTrue(visitor.get(link).body().contains("This link is not valid."));
        visitor.submit("/login", "/reset-password", "token", token, "password", "a third good phrase")
                .assertStatus(404);
        assertTrue(audited(user.id()).containsAll(List.of("PASSWORD_RESET_LINK_CREATED", "PASSWORD_RESET")));
    }

    @Test
    void resetLinkOfADisabledAccountIsNotValid() {
        TestUser admin = admin();
        TestUser user = user(Plan.FREE);
        String link = link(act(admin, user, "reset-link"));
        act(admin, user, "disable").assertStatus(302);
        assertTrue(anonymous().get(link).body().contains("This link is not valid."));
    }

    @Test
    void otherUsersCannotOpenThePages() {
        TestUser user = user(Plan.AGENCY);
        for (String path : List.of("/admin", "/admin/new", page(user))) {
            user.client().get(path).assertStatus(403);
            anonymous().get(path).assertStatus(401);
        }
        for (String action : List.of("plan", "disable", "enable", "set-admin", "unset-admin", "reset-link", "delete")) {
            user.client().submit("/", page(user) + "/" + action).assertStatus(403);
        }
        user.client().submit("/", "/admin/new").assertStatus(403);
        user.client().submit("/", "/admin/invite").assertStatus(403);
    }

    @Test
    void withoutEmailThePageNamesTheAdministrator() {
        assertTrue(anonymous().get("/forgot-password").body().contains("This server does not send e-mail."));
        anonymous()
                .submit("/login", "/forgot-password", "email", "me@example.com")
                .assertStatus(403);
    }
}
