package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ParallelCalls;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first-run page, which creates the administrator of a new server. */
class OwnerSetupTest {
    private static final String PASSWORD = "correct horse battery";

    private static TestResponse setUp(TestClient client, String code, String email) {
        return setUp(client, client.formToken("/setup"), code, email);
    }

    private static TestResponse setUp(TestClient client, String token, String code, String email) {
        return client.submitWithToken(token, "/setup", "code", code, "email", email, "password", PASSWORD);
    }

    private static String newCode(TestServer server) {
        return server.get(OwnerSetupService.class).createCode().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void ownerIsAnAdministratorOnTheAgencyPlanAndLaterAccountsHaveTheDefaultPlan(DatabaseVendor vendor) {
        List<String> settings = Stream.concat(
                        vendor.freshDatabase().stream(), Stream.of("--websentry.default-plan=pro"))
                .toList();
        try (TestServer server = TestServer.start(settings)) {
            TestClient owner = server.client();
            assertTrue(owner.get("/").body().contains("This server has no administrator yet."));
            String code = newCode(server);
            assertTrue(owner.get("/setup?code=" + code).body().contains("value=\"" + code + "\""));
            TestResponse made = setUp(owner, code, "owner@example.com").assertStatus(302);
            assertEquals(server.url() + "/?done=setup", made.header("Location"));
            TestResponse account = owner.get("/api/account").assertStatus(200);
            assertEquals("agency", account.json().at("/account/plan").asString());
            assertTrue(account.json().at("/account/is_admin").asBoolean());
            owner.get("/admin").assertStatus(200);
            assertFalse(owner.get("/").body().contains("This server has no administrator yet."));

            TestClient other = server.client();
            other.get("/setup").assertStatus(302);
            assertTrue(other.get("/signup").body().contains("unlimited scans, API keys and 5 monitors"));
            other.post("/api/auth/signup", credentials("later@example.com")).assertStatus(200);
            TestResponse later = other.get("/api/account").assertStatus(200);
            assertEquals("pro", later.json().at("/account/plan").asString());
            assertFalse(later.json().at("/account/is_admin").asBoolean());
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongUsedAndExpiredCodesCreateNothing(DatabaseVendor vendor) {
        try (TestServer server = TestServer.start(vendor.freshDatabase())) {
            AccountRepository accounts = server.get(AccountRepository.class);
            String code = newCode(server);
            TestClient client = server.client();
            setUp(client, "0".repeat(32), "one@example.com").assertStatus(403);
            setUp(client, "", "one@example.com").assertStatus(403);
            // A rejected password leaves the code valid.
            client.submit("/setup", "/setup", "code", code, "email", "one@example.com", "password", "short")
                    .assertStatus(400);
            server.clock().advance(Duration.ofDays(7));
            setUp(client, code, "one@example.com").assertStatus(403);
            assertFalse(accounts.hasAdministrator());
            String fresh = newCode(server);
            setUp(client, fresh, "one@example.com").assertStatus(302);
            assertTrue(server.get(OwnerSetupService.class).createCode().isEmpty());
            assertTrue(
                    accounts.find(Email.parse("one@example.com")).orElseThrow().admin());
        }
    }

    @ParameterizedTest
    @EnumSource
    void codesOfSeveralNodesCreateOneOwner(DatabaseVendor vendor) throws Exception {
        try (TestServer server = TestServer.start(vendor.freshDatabase())) {
            List<String> codes = List.of(newCode(server), newCode(server), newCode(server), newCode(server));
            List<TestClient> clients =
                    codes.stream().map(code -> server.client()).toList();
            // Read before the race: the page has no form once there is an owner.
            List<String> tokens =
                    clients.stream().map(client -> client.formToken("/setup")).toList();
            List<Integer> statuses = ParallelCalls.runAll(
                    codes.size(),
                    number -> setUp(
                                    clients.get(number),
                                    tokens.get(number),
                                    codes.get(number),
                                    "owner" + number + "@example.com")
                            .status());
            assertEquals(1, statuses.stream().filter(status -> status == 302).count(), statuses.toString());
            assertEquals(
                    1,
                    server.get(JdbcClient.class)
                            .sql("SELECT count(*) FROM account")
                            .query(Integer.class)
                            .single());
        }
    }

    private static String credentials(String email) {
        return "{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD + "\"}";
    }
}
