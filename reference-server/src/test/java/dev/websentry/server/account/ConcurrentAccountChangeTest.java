package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.scan.MonitorScanRequest;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.testing.BodyReadPause;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes an account after its request was authenticated and before the request writes anything: the server has received
 * the request and has identified the account, and has not parsed the body.
 */
class ConcurrentAccountChangeTest extends EndpointTest {
    private static final String URL = "{\"url\": \"" + TestSites.BAD + "\"}";
    private static final String MONITOR = "{\"url\": \"https://" + TestSites.BAD + "\", \"frequency\": \"daily\"}";

    private static TestResponse whileHeld(TestClient client, String method, String path, String json, Runnable change) {
        BodyReadPause.Hold hold = BodyReadPause.holdNext();
        CompletableFuture<TestResponse> answer = CompletableFuture.supplyAsync(
                () -> client.send(method, path, "application/json", BodyPublishers.ofString(json)));
        try {
            hold.awaitRequest();
            change.run();
        } finally {
            hold.release();
        }
        return answer.join();
    }

    private void delete(TestUser user) {
        server().get(AccountRepository.class).delete(user.id());
    }

    private int rows(String table, TestUser user) {
        return server().get(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE account_id = :id")
                .param("id", user.id())
                .query(Integer.class)
                .single();
    }

    private int counted(TestUser user) {
        return server().get(JdbcClient.class)
                .sql("SELECT coalesce(sum(used), 0) FROM usage_counter WHERE subject = :subject")
                .param("subject", "scan-account:" + user.id())
                .query(Integer.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/scan", "/api/scans"})
    void scanOfADeletedAccountIsUnauthorizedAndStoresNothing(String path) {
        TestUser free = user(Plan.FREE);
        whileHeld(free.client(), "POST", path, URL, () -> delete(free)).assertError(401, "unauthorized");
        TestUser pro = user(Plan.PRO);
        whileHeld(apiClient(pro), "POST", path, URL, () -> delete(pro)).assertError(401, "unauthorized");
        for (TestUser gone : new TestUser[] {free, pro}) {
            assertEquals(0, rows("scan", gone));
            assertEquals(0, counted(gone));
        }
    }

    @Test
    void monitorOfADeletedAccountIsUnauthorizedAndStoresNothing() {
        TestUser user = user(Plan.PRO);
        whileHeld(user.client(), "POST", "/api/monitors", MONITOR, () -> delete(user))
                .assertError(401, "unauthorized");
        assertEquals(0, rows("monitor", user) + rows("scan", user));
    }

    /** The account is deleted between the creation of a monitor and of its first scan. */
    @Test
    void monitorScanOfADeletedAccountIsUnauthorizedAndStoresNothing() {
        TestUser user = user(Plan.PRO);
        delete(user);
        MonitorScanRequest asked =
                new MonitorScanRequest(user.id(), "monitor", "https://" + TestSites.BAD, Optional.empty());
        ScanService scans = server().get(ScanService.class);
        assertEquals(
                401, assertThrows(ApiException.class, () -> scans.scan(asked)).status());
        assertEquals(0, rows("scan", user));
    }

    @Test
    void monitorIsCheckedAgainstTheCurrentPlan() {
        TestUser user = user(Plan.PRO);
        TestResponse refused = whileHeld(
                        user.client(),
                        "POST",
                        "/api/monitors",
                        MONITOR,
                        () -> server().get(AccountRepository.class).setPlan(user.id(), Plan.FREE))
                .assertError(403, "forbidden_plan");
        assertEquals(
                "The free plan does not include monitors; upgrade to pro (5 monitors) or agency (25)",
                refused.json().get("error").asString());
        assertEquals(0, rows("monitor", user) + rows("scan", user));
    }

    @Test
    void apiKeyOfADeletedAccountIsUnauthorizedAndOfADowngradedOneForbidden() {
        TestUser gone = user(Plan.PRO);
        whileHeld(gone.client(), "POST", "/api/keys", "{\"name\": \"ci\"}", () -> delete(gone))
                .assertError(401, "unauthorized");
        TestUser downgraded = user(Plan.AGENCY);
        whileHeld(
                        downgraded.client(),
                        "POST",
                        "/api/keys",
                        "{\"name\": \"ci\"}",
                        () -> server().get(AccountRepository.class).setPlan(downgraded.id(), Plan.FREE))
                .assertError(403, "forbidden_plan");
        assertEquals(0, rows("api_key", gone) + rows("api_key", downgraded));
    }

    @Test
    void webhookOfADeletedAccountIsUnauthorized() {
        TestUser user = user(Plan.PRO);
        whileHeld(user.client(), "PUT", "/api/webhook", "{\"url\": \"https://hook.example.com\"}", () -> delete(user))
                .assertError(401, "unauthorized");
        assertEquals(0, rows("webhook", user));
    }

    @Test
    void passwordChangeOfADeletedAccountIsUnauthorized() {
        TestUser user = user(Plan.FREE);
        whileHeld(
                        user.client(),
                        "POST",
                        "/api/auth/password",
                        "{\"password\": \"" + PASSWORD + "\", \"newPassword\": \"another long password\"}",
                        () -> delete(user))
                .assertError(401, "unauthorized");
    }

    /** The key was valid when the request was authenticated; the next request is rejected. */
    @Test
    void scanWhoseKeyIsRevokedMeanwhileStillBelongsToTheAccount() {
        TestUser user = user(Plan.PRO);
        ApiKeyRepository keys = server().get(ApiKeyRepository.class);
        TestClient program = apiClient(user);
        TestResponse scan = whileHeld(
                        program,
                        "POST",
                        "/api/scan",
                        URL,
                        () -> keys.findByAccount(user.id()).forEach(key -> keys.revoke(user.id(), key.id())))
                .assertStatus(200);
        String path = "/api/scan/" + scan.json().get("scanId").asString() + "/json";
        user.client().get(path).assertStatus(200);
        program.get(path).assertError(401, "unauthorized");
        program.post("/api/scan", URL).assertError(401, "unauthorized");
    }
}
