package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.token.SecureTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The monitor endpoints, with a scripted scanner. */
class MonitorEndpointTest extends EmailEndpointTest {
    private final String host = SecureTokens.randomHex(6) + ".example.com";

    private TestResponse create(TestClient client, String url, String frequency) {
        return client.post("/api/monitors", "{\"url\": \"" + url + "\", \"frequency\": \"" + frequency + "\"}");
    }

    private String created(TestUser user) {
        return create(user.client(), "https://" + host, "daily")
                .assertStatus(200)
                .json()
                .at("/monitor/id")
                .asString();
    }

    private static JsonNode listed(TestUser user) {
        return user.client().get("/api/monitors").assertStatus(200).json().get("monitors");
    }

    @Test
    void responseContainsTheDocumentedFieldsAndTypes() {
        TestUser user = user(Plan.PRO);
        SCANNER.setGrade(host, Grade.A);
        JsonNode made = create(user.client(), " https://" + host + "/ ", "weekly")
                .assertStatus(200)
                .json();
        assertTrue(made.get("ok").asBoolean());
        JsonNode monitor = made.get("monitor");
        assertEquals("https://" + host + "/", monitor.get("url").asString());
        assertEquals("weekly", monitor.get("frequency").asString());
        assertEquals("A", monitor.get("last_grade").asString());
        assertEquals(1, monitor.get("is_active").asInt());
        assertTrue(monitor.get("is_active").isInt() && monitor.get("id").isString());

        JsonNode listed = listed(user).get(0);
        for (String field : List.of("id", "url", "frequency", "last_grade", "is_active")) {
            assertEquals(monitor.get(field), listed.get(field), field);
        }
        assertTrue(listed.get("created_at").asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
        String scan = listed.get("last_scan_id").asString();
        assertEquals(
                "A",
                server().get(JdbcClient.class)
                        .sql("SELECT grade FROM scan WHERE id = :id AND account_id = :account AND state = 'done'")
                        .param("id", scan)
                        .param("account", user.id())
                        .query(String.class)
                        .single());
    }

    @Test
    void monitorIsCreatedIfItsFirstScanFails() {
        TestUser user = user(Plan.PRO);
        SCANNER.setFailure(host, ScanFailureReason.UNREACHABLE);
        JsonNode monitor = create(user.client(), "https://" + host, "daily")
                .assertStatus(200)
                .json()
                .get("monitor");
        assertTrue(monitor.get("last_grade").isNull());
        assertEquals(host + " does not answer", monitor.get("last_error").asString());
        assertEquals(1, listed(user).size());
    }

    @Test
    void monitorIsNotCreatedForABlockedAddress() {
        TestUser user = user(Plan.PRO);
        SCANNER.setFailure(host, ScanFailureReason.BLOCKED_ADDRESS);
        create(user.client(), "https://" + host, "daily").assertError(400, "blocked_address");
        assertEquals(0, listed(user).size());
    }

    @Test
    void pausingAndResumingChangesTheActiveFlag() {
        TestUser user = user(Plan.PRO);
        String id = created(user);
        TestResponse paused =
                user.client().patch("/api/monitors/" + id + "/toggle").assertStatus(200);
        assertEquals("{\"ok\":true,\"is_active\":0}", paused.body());
        assertEquals("user", listed(user).get(0).get("paused_by").asString());
        assertTrue(listed(user).get(0).get("next_run_at").isNull());
        assertEquals(
                "{\"ok\":true,\"is_active\":1}",
                user.client()
                        .patch("/api/monitors/" + id + "/toggle")
                        .assertStatus(200)
                        .body());
        assertTrue(listed(user).get(0).get("next_run_at").asString().endsWith("T06:00:00"));
    }

    @Test
    void deletingAMonitorKeepsItsReports() {
        TestUser user = user(Plan.PRO);
        String id = created(user);
        String scan = listed(user).get(0).get("last_scan_id").asString();
        assertEquals(
                "{\"ok\":true}",
                user.client().delete("/api/monitors/" + id).assertStatus(200).body());
        assertEquals(0, listed(user).size());
        assertEquals(
                1,
                server().get(JdbcClient.class)
                        .sql("SELECT count(*) FROM scan WHERE id = :id")
                        .param("id", scan)
                        .query(Integer.class)
                        .single());
        user.client().delete("/api/monitors/" + id).assertError(404, "not_found");
    }

    @Test
    void otherAccountCannotSeeTheMonitor() {
        String id = created(user(Plan.PRO));
        TestClient other = user(Plan.PRO).client();
        other.delete("/api/monitors/" + id).assertError(404, "not_found");
        other.patch("/api/monitors/" + id + "/toggle").assertError(404, "not_found");
        assertEquals(
                0,
                other.get("/api/monitors")
                        .assertStatus(200)
                        .json()
                        .get("monitors")
                        .size());
    }

    @Test
    void monitorsRequireASession() {
        TestUser user = user(Plan.PRO);
        String id = created(user);
        for (TestClient client :
                List.of(anonymous(), apiClient(user), anonymous().withApiKey("ss_" + "0".repeat(48)))) {
            client.get("/api/monitors").assertError(401, "unauthorized");
            create(client, "https://" + host, "daily").assertError(401, "unauthorized");
            client.patch("/api/monitors/" + id + "/toggle").assertError(401, "unauthorized");
            client.delete("/api/monitors/" + id).assertError(401, "unauthorized");
        }
        assertEquals(1, listed(user).size());
    }

    @Test
    void freePlanHasNoMonitors() {
        TestUser user = user(Plan.FREE);
        create(user.client(), "https://" + host, "daily").assertError(403, "forbidden_plan");
        assertEquals(0, SCANNER.scanCount(host));
    }

    @Test
    void invalidRequestCreatesNoMonitor() {
        TestUser user = user(Plan.PRO);
        for (String body : List.of(
                "{\"frequency\": \"daily\"}",
                "{\"url\": \"https://" + host + "\"}",
                "{\"url\": \"https://" + host + "\", \"frequency\": \"hourly\"}",
                "{\"url\": \"https://" + host + "\", \"frequency\": 1}",
                "{\"url\": \"https://" + host + "\"",
                "[]")) {
            assertEquals(400, user.client().post("/api/monitors", body).status(), body);
        }
        for (String url : List.of(
                host,
                "ftp://" + host,
                "https://name:word@" + host,
                "https://exa mple.com",
                "https://",
                "https://" + host + "/" + "x".repeat(2048))) {
            create(user.client(), url, "daily").assertError(400, "invalid_url");
        }
        user.client()
                .send("POST", "/api/monitors", "text/plain", BodyPublishers.ofString("{}"))
                .assertError(415, "unsupported_media_type");
        user.client()
                .send("PUT", "/api/monitors", null, BodyPublishers.noBody())
                .assertError(405, "method_not_allowed");
        create(user.client(), "https://" + "x".repeat(200_000), "daily").assertError(413, "too_large");
        assertEquals(0, listed(user).size());
        assertEquals(0, SCANNER.scanCount(host));
    }

    @Test
    void onlyFiveOfFiftyParallelRequestsSucceed() throws Exception {
        TestUser user = user(Plan.PRO);
        List<Integer> statuses = inParallel(
                50,
                i -> create(user.client(), "https://" + host + "/" + i, "daily").status());
        assertEquals(5, statuses.stream().filter(status -> status == 200).count());
        assertEquals(45, statuses.stream().filter(status -> status == 403).count());
        assertEquals(5, listed(user).size());
        assertEquals(5, SCANNER.scanCount(host));
    }

    @Test
    void agencyPlanHasTwentyFiveMonitors() {
        TestUser user = user(Plan.AGENCY);
        IntStream.range(0, 25)
                .forEach(i -> create(user.client(), "https://" + host + "/" + i, "daily")
                        .assertStatus(200));
        create(user.client(), "https://" + host, "daily").assertError(403, "forbidden_plan");
    }

    @Test
    void downgradePausesTheNewestMonitorsAndDeletesNone() {
        TestUser user = user(Plan.AGENCY);
        List<String> ids = IntStream.range(0, 7)
                .mapToObj(i -> create(user.client(), "https://" + host + "/" + i, "daily")
                        .assertStatus(200)
                        .json()
                        .at("/monitor/id")
                        .asString())
                .toList();
        user.client().patch("/api/monitors/" + ids.get(0) + "/toggle").assertStatus(200);
        server().get(AccountRepository.class).setPlan(user.id(), Plan.PRO);
        assertEquals(7, listed(user).size());
        assertEquals(Set.copyOf(ids.subList(1, 6)), active(user));

        // Five monitors are active, so that another one can only be resumed after one is paused.
        user.client().patch("/api/monitors/" + ids.get(6) + "/toggle").assertError(403, "forbidden_plan");
        user.client().patch("/api/monitors/" + ids.get(1) + "/toggle").assertStatus(200);
        user.client().patch("/api/monitors/" + ids.get(6) + "/toggle").assertStatus(200);
        create(user.client(), "https://" + host, "daily").assertError(403, "forbidden_plan");

        server().get(AccountRepository.class).setPlan(user.id(), Plan.FREE);
        assertEquals(Set.of(), active(user));
        user.client().patch("/api/monitors/" + ids.get(1) + "/toggle").assertError(403, "forbidden_plan");
        user.client().delete("/api/monitors/" + ids.get(1)).assertStatus(200);
    }

    @Test
    void deletingAnAccountDeletesItsMonitors() {
        TestUser user = user(Plan.PRO);
        created(user);
        user.client().delete("/api/account").assertStatus(200);
        assertFalse(server().get(JdbcClient.class)
                .sql("SELECT id FROM monitor WHERE account_id = :id")
                .param("id", user.id())
                .query(String.class)
                .optional()
                .isPresent());
    }

    private Set<String> active(TestUser user) {
        Set<String> active = new TreeSet<>();
        listed(user).forEach(monitor -> {
            if (monitor.get("is_active").asInt() == 1) {
                active.add(monitor.get("id").asString());
            }
        });
        return active;
    }

    static <T> List<T> inParallel(int times, IntFunction<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(times);
        try {
            Stream<Callable<T>> calls = IntStream.range(0, times).mapToObj(i -> () -> work.apply(i));
            return pool.invokeAll(calls.toList()).stream()
                    .map(MonitorEndpointTest::value)
                    .toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T value(Future<T> done) {
        try {
            return done.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
