package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.HmacBcryptPasswordEncoder;
import dev.websentry.server.account.LastAdministratorException;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ParallelCalls;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The last administrator whose account is enabled stays one, on every path: the API, the pages, the repository that the
 * commands use (see {@code AdminCommandLineTest} for the commands), and in races.
 */
class LastAdministratorTest {
    private static final String PASSWORD = "correct horse battery";
    private static final int ROUNDS = 5;

    private record Administrator(Account account, TestClient client) {
        TestResponse act(Administrator on, String action) {
            return act(on, action, client.formToken("/admin"));
        }

        TestResponse act(Administrator on, String action, String token) {
            return client.submitWithToken(token, "/admin/" + on.account().id() + "/" + action);
        }
    }

    private static Administrator administrator(TestServer server, String name) {
        AccountRepository accounts = server.get(AccountRepository.class);
        String email = name + "@example.com";
        Account account = accounts.create(
                        Email.parse(email), new HmacBcryptPasswordEncoder(4).encode(PASSWORD), Plan.FREE)
                .orElseThrow();
        accounts.setAdmin(account.id(), true);
        TestClient client = server.client();
        client.post("/api/auth/login", "{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD + "\"}")
                .assertStatus(200);
        return new Administrator(account, client);
    }

    private static int enabledAdministrators(TestServer server) {
        return ServerDatabase.count(server.get(JdbcClient.class), "account WHERE is_admin = 1 AND disabled = 0");
    }

    @ParameterizedTest
    @EnumSource
    void theLastAdministratorCanNeitherBeRemovedNorDisabledNorDeleted(DatabaseVendor vendor) {
        try (TestServer server = TestServer.start(vendor.freshDatabase())) {
            AccountRepository accounts = server.get(AccountRepository.class);
            Administrator last = administrator(server, "last");
            // A disabled administrator cannot act, and so does not count.
            Administrator disabled = administrator(server, "disabled");
            last.act(disabled, "disable").assertStatus(302);

            String id = last.account().id();
            assertThrows(LastAdministratorException.class, () -> accounts.setAdmin(id, false));
            assertThrows(LastAdministratorException.class, () -> accounts.setDisabled(id, true));
            assertThrows(LastAdministratorException.class, () -> accounts.delete(id));

            assertRefused(last.client().delete("/api/account").assertError(400, "invalid_request"));
            assertRefused(last.client()
                    .submit("/account", "/account/delete", "password", PASSWORD)
                    .assertStatus(400));
            assertRefused(last.act(last, "unset-admin").assertStatus(400));
            last.act(last, "disable").assertStatus(400);
            last.act(last, "delete").assertStatus(400);
            assertEquals(1, enabledAdministrators(server));
            last.client().get("/admin").assertStatus(200);

            last.act(disabled, "enable").assertStatus(302);
            last.client().delete("/api/account").assertStatus(200);
            assertEquals(1, enabledAdministrators(server));
        }
    }

    private static void assertRefused(TestResponse response) {
        assertTrue(response.body().contains("This account is the last administrator"), response.body());
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoAdministratorsThatRemoveEachOtherOneStays(DatabaseVendor vendor) throws Exception {
        try (TestServer server = TestServer.start(vendor.freshDatabase())) {
            for (String action : List.of("delete", "disable", "unset-admin", "own")) {
                for (int round = 0; round < ROUNDS; round++) {
                    race(server, action, action + round);
                }
            }
        }
    }

    /** @param action what both do to the other one, or {@code own}: both delete their own account with the API */
    private static void race(TestServer server, String action, String name) throws Exception {
        List<Administrator> both = List.of(administrator(server, name + "-one"), administrator(server, name + "-two"));
        server.get(JdbcClient.class)
                .sql("DELETE FROM account WHERE id NOT IN (:both)")
                .param("both", both.stream().map(one -> one.account().id()).toList())
                .update();
        // Read before the race: the slower one may not see the page any more.
        List<String> tokens =
                both.stream().map(one -> one.client().formToken("/admin")).toList();
        List<Integer> statuses = ParallelCalls.runAll(2, number -> {
            Administrator one = both.get(number);
            TestResponse response = action.equals("own")
                    ? one.client().delete("/api/account")
                    : one.act(both.get(1 - number), action, tokens.get(number));
            return response.status();
        });
        assertEquals(1, enabledAdministrators(server), action + ": " + statuses);
        // The slower one was refused, or was no longer an administrator when its request arrived.
        assertEquals(1, statuses.stream().filter(status -> status < 400).count(), action + ": " + statuses);
        assertTrue(statuses.stream().allMatch(status -> status < 405), action + ": " + statuses);
    }
}
