package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.server.answer.ApiException;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.scan.MonitorScan;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.testing.Answer;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.Client;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.Sites;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes an account after its request was authenticated and before the request writes anything: the server has read
 * the header, has identified the account, and waits for the body.
 */
class ChangedMeanwhileTest extends EndpointTest {
    private static final String URL = "{\"url\": \"" + Sites.BAD + "\"}";
    private static final String MONITOR = "{\"url\": \"https://" + Sites.BAD + "\", \"frequency\": \"daily\"}";

    private static Answer whileHeld(Client client, String method, String path, String json, Runnable change) {
        SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        new Thread(() -> answer.complete(
                        client.send(method, path, "application/json", BodyPublishers.fromPublisher(body))))
                .start();
        try {
            Await.until("the server waits for the body", ChangedMeanwhileTest::aThreadReadsABody);
            change.run();
        } finally {
            body.submit(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            body.close();
        }
        return answer.join();
    }

    /**
     * Whether a thread is reading a request body as a controller parameter. The caller is already authenticated then.
     */
    private static boolean aThreadReadsABody() {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> Arrays.stream(stack)
                                .anyMatch(frame -> frame.getMethodName().equals("readWithMessageConverters"))
                        && Arrays.stream(stack)
                                .anyMatch(frame -> frame.getClassName().contains("Http11InputBuffer")));
    }

    private void delete(User user) {
        server().get(AccountStore.class).delete(user.id());
    }

    private int rows(String table, User user) {
        return server().get(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE account_id = :id")
                .param("id", user.id())
                .query(Integer.class)
                .single();
    }

    private int counted(User user) {
        return server().get(JdbcClient.class)
                .sql("SELECT coalesce(sum(used), 0) FROM usage_counter WHERE subject = :subject")
                .param("subject", "scan-account:" + user.id())
                .query(Integer.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/scan", "/api/scans"})
    void scanOfADeletedAccountIsUnauthorizedAndStoresNothing(String path) {
        User free = user(Plan.FREE);
        whileHeld(free.client(), "POST", path, URL, () -> delete(free)).isError(401, "unauthorized");
        User pro = user(Plan.PRO);
        whileHeld(program(pro), "POST", path, URL, () -> delete(pro)).isError(401, "unauthorized");
        for (User gone : new User[] {free, pro}) {
            assertEquals(0, rows("scan", gone));
            assertEquals(0, counted(gone));
        }
    }

    @Test
    void monitorOfADeletedAccountIsUnauthorizedAndStoresNothing() {
        User user = user(Plan.PRO);
        whileHeld(user.client(), "POST", "/api/monitors", MONITOR, () -> delete(user))
                .isError(401, "unauthorized");
        assertEquals(0, rows("monitor", user) + rows("scan", user));
    }

    /** The account is deleted between the creation of a monitor and of its first scan. */
    @Test
    void monitorScanOfADeletedAccountIsUnauthorizedAndStoresNothing() {
        User user = user(Plan.PRO);
        delete(user);
        MonitorScan asked = new MonitorScan(user.id(), "monitor", "https://" + Sites.BAD, Optional.empty());
        ScanService scans = server().get(ScanService.class);
        assertEquals(
                401, assertThrows(ApiException.class, () -> scans.scan(asked)).status());
        assertEquals(0, rows("scan", user));
    }

    @Test
    void monitorIsCheckedAgainstTheCurrentPlan() {
        User user = user(Plan.PRO);
        Answer refused = whileHeld(
                        user.client(),
                        "POST",
                        "/api/monitors",
                        MONITOR,
                        () -> server().get(AccountStore.class).setPlan(user.id(), Plan.FREE))
                .isError(403, "forbidden_plan");
        assertEquals(
                "The free plan does not include monitors; upgrade to pro (5 monitors) or agency (25)",
                refused.json().get("error").asString());
        assertEquals(0, rows("monitor", user) + rows("scan", user));
    }

    @Test
    void apiKeyOfADeletedAccountIsUnauthorizedAndOfADowngradedOneForbidden() {
        User gone = user(Plan.PRO);
        whileHeld(gone.client(), "POST", "/api/keys", "{\"name\": \"ci\"}", () -> delete(gone))
                .isError(401, "unauthorized");
        User downgraded = user(Plan.AGENCY);
        whileHeld(
                        downgraded.client(),
                        "POST",
                        "/api/keys",
                        "{\"name\": \"ci\"}",
                        () -> server().get(AccountStore.class).setPlan(downgraded.id(), Plan.FREE))
                .isError(403, "forbidden_plan");
        assertEquals(0, rows("api_key", gone) + rows("api_key", downgraded));
    }

    @Test
    void webhookOfADeletedAccountIsUnauthorized() {
        User user = user(Plan.PRO);
        whileHeld(user.client(), "PUT", "/api/webhook", "{\"url\": \"https://hook.example.com\"}", () -> delete(user))
                .isError(401, "unauthorized");
        assertEquals(0, rows("webhook", user));
    }

    @Test
    void passwordChangeOfADeletedAccountIsUnauthorized() {
        User user = user(Plan.FREE);
        whileHeld(
                        user.client(),
                        "POST",
                        "/api/auth/password",
                        "{\"password\": \"" + PASSWORD + "\", \"newPassword\": \"another long password\"}",
                        () -> delete(user))
                .isError(401, "unauthorized");
    }

    /** The key was valid when the request was authenticated; the next request is rejected. */
    @Test
    void scanWhoseKeyIsRevokedMeanwhileStillBelongsToTheAccount() {
        User user = user(Plan.PRO);
        KeyStore keys = server().get(KeyStore.class);
        Client program = program(user);
        Answer scan = whileHeld(
                        program,
                        "POST",
                        "/api/scan",
                        URL,
                        () -> keys.of(user.id()).forEach(key -> keys.revoke(user.id(), key.id())))
                .is(200);
        String path = "/api/scan/" + scan.json().get("scanId").asString() + "/json";
        user.client().get(path).is(200);
        program.get(path).isError(401, "unauthorized");
        program.post("/api/scan", URL).isError(401, "unauthorized");
    }
}
