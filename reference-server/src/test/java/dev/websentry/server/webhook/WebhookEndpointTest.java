package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.scan.LoggingAddressPolicy;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.WebhookEvents;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhook messages over TLS to receivers on loopback, which the settings allow like an intranet. */
class WebhookEndpointTest extends EndpointTest {
    private static final Map<DatabaseVendor, TestServer> SERVERS = new EnumMap<>(DatabaseVendor.class);
    private static final TestCertificate AUTHORITY = TestCertificate.root("Receivers");
    private static final TestCertificate CERTIFICATE =
            AUTHORITY.issue("hook.example.com", "127.0.0.1").build();
    private static final Path ROOT = file(CERTIFICATE.rootPem());

    private final List<TestSite> receivers = new ArrayList<>();

    @Override
    protected TestServer server() {
        return SERVERS.computeIfAbsent(vendor, own -> {
            List<String> settings = new ArrayList<>(own.freshDatabase());
            settings.add("--websentry.scan.allow=127.0.0.1/32");
            settings.add("--websentry.scan.ca-certificates=" + ROOT);
            return TestServer.start(settings);
        });
    }

    /** Keeps the clock, because the scheduler would wait for the times that it has planned. */
    @AfterEach
    @Override
    protected void resetClock() {}

    @AfterEach
    void closeReceivers() {
        receivers.forEach(TestSite::close);
    }

    @Test
    void secretIsReturnedOnceAndChangesWithEverySetting() {
        TestUser user = user(Plan.PRO);
        assertTrue(user.client()
                .get("/api/webhook")
                .assertStatus(200)
                .json()
                .get("webhook")
                .isNull());
        String secret = set(user, "https://hook.example.com/in");
        assertTrue(secret.matches("whsec_[0-9a-f]{48}"), secret);
        String shown = user.client().get("/api/webhook").assertStatus(200).body();
        assertTrue(shown.contains("\"url\":\"https://hook.example.com/in\""), shown);
        assertFalse(shown.contains("whsec"), shown);
        assertFalse(secret.equals(set(user, "https://hook.example.com/in")));
        user.client().delete("/api/webhook").assertStatus(200);
        user.client().delete("/api/webhook").assertError(404, "not_found");
        user.client().post("/api/webhook/test").assertError(404, "not_found");
    }

    @Test
    void unauthorizedAndInvalidRequestsAreRejected() {
        TestUser user = user(Plan.PRO);
        for (TestClient client : List.of(anonymous(), apiClient(user))) {
            client.get("/api/webhook").assertError(401, "unauthorized");
            put(client, "https://hook.example.com").assertError(401, "unauthorized");
            client.delete("/api/webhook").assertError(401, "unauthorized");
            client.post("/api/webhook/test").assertError(401, "unauthorized");
        }
        put(user(Plan.FREE).client(), "https://hook.example.com").assertError(403, "forbidden_plan");
        for (String url : List.of("ftp://hook.example.com", "hook.example.com", "https://a:b@hook.example.com")) {
            put(user.client(), url).assertError(400, "invalid_url");
        }
        user.client()
                .send("PUT", "/api/webhook", "application/json", BodyPublishers.ofString("{}"))
                .assertError(400, "invalid_request");
    }

    @Test
    void loopbackAndPlainHttpAreBlockedByDefault() {
        try (TestServer closed = TestServer.start(vendor.freshDatabase())) {
            TestClient there = closed.client();
            there.post("/api/auth/signup", credentials("me@example.com", PASSWORD))
                    .assertStatus(200);
            AccountRepository accounts = closed.get(AccountRepository.class);
            accounts.setPlan(
                    accounts.find(Email.parse("me@example.com")).orElseThrow().id(), Plan.PRO);
            put(there, "http://hook.example.com").assertError(400, "invalid_url");
            TestSite receiver = receiver(request -> answer(200));
            put(there, "https://127.0.0.1:" + receiver.port()).assertStatus(200);
            JsonNode test =
                    there.post("/api/webhook/test").assertStatus(200).json().get("delivery");
            assertEquals("failed", test.get("state").asString());
            assertEquals(LoggingAddressPolicy.REFUSAL, test.get("last_error").asString());
            // The address is blocked before a connection is opened.
            assertEquals(0, receiver.requestCount());
        }
    }

    @Test
    void gradeDropIsPostedOnceWithASignature() {
        TestUser user = user(Plan.PRO);
        TestSite receiver = receiver(request -> answer(204));
        String secret = set(user, "https://127.0.0.1:" + receiver.port() + "/in?a=b");
        Instant before = clock().instant();
        dropGrade(user);
        JsonNode delivery = awaitState(user, "delivered");
        assertEquals(204, delivery.get("last_status").asInt());
        assertEquals(1, delivery.get("attempts").asInt());
        RecordedRequest request = receiver.takeRequest();
        assertEquals("POST /in?a=b HTTP/1.1", request.getRequestLine());
        String body = request.getBody().utf8();
        JsonNode message = JsonMapper.shared().readTree(body);
        assertEquals("grade_fell", message.get("event").asString());
        assertEquals("A", message.at("/data/previous_grade").asString());
        assertEquals("C", message.at("/data/grade").asString());
        assertEquals("https://shop.example.com", message.at("/data/monitor/url").asString());
        String signature = request.getHeaders().get("WebSentry-Signature");
        Instant signed = Instant.ofEpochSecond(Long.parseLong(signature.substring(2, signature.indexOf(','))));
        assertEquals(WebhookSignature.headerValue(secret, signed, body), signature);
        assertTrue(Duration.between(before, signed).abs().toMinutes() < 5, signature);
        assertEquals(delivery.get("id").asString(), request.getHeaders().get("WebSentry-Delivery"));
        // The task is removed, so that nothing is sent again.
        Await.until(
                "nothing is scheduled", () -> ServerDatabase.count(server().get(JdbcClient.class), tasks(user)) == 0);
        assertEquals(1, receiver.requestCount());
    }

    @Test
    void failedMessageIsRetriedWithIncreasingDelays() {
        TestUser user = user(Plan.PRO);
        AtomicInteger requests = new AtomicInteger();
        TestSite receiver = receiver(request -> {
            requests.incrementAndGet();
            return answer(503);
        });
        set(user, "https://127.0.0.1:" + receiver.port());
        dropGrade(user);
        for (int attempt = 1; attempt <= 7; attempt++) {
            int attempts = attempt;
            Await.until("attempt " + attempt, () -> requests.get() == attempts && isIdle(user));
            assertEquals(attempt, delivery(user).get("attempts").asInt());
            if (attempt < 7) {
                // Nothing is sent before the next attempt is due.
                clock().set(nextAttempt(user).minusSeconds(30));
                assertTrue(server().get(WebhookDeliveryRepository.class)
                        .findDue(webhookId(user))
                        .isEmpty());
                assertEquals(attempt, requests.get());
                clock().advance(Duration.ofSeconds(31));
            }
        }
        JsonNode failed = awaitState(user, "failed");
        assertEquals(
                "The receiver responded with status 503; 200 to 299 is required",
                failed.get("last_error").asString());
        assertTrue(failed.get("next_attempt_at").isNull());
    }

    @Test
    void redirectsUntrustedCertificatesAndWrongNamesFail() {
        TestSite elsewhere = receiver(request -> answer(200));
        TestSite redirecting =
                receiver(request -> TestSite.redirect(307, "https://127.0.0.1:" + elsewhere.port() + "/"));
        TestUser user = user(Plan.PRO);
        assertTrue(test(user, "https://127.0.0.1:" + redirecting.port()).contains("redirects are not followed"));
        assertEquals(0, elsewhere.requestCount());

        TestCertificate untrustedCertificate =
                TestCertificate.root("Untrusted").issue("127.0.0.1").build();
        TestSite untrusted = TestSite.https(untrustedCertificate.serverContext(), request -> answer(200));
        receivers.add(untrusted);
        assertTrue(test(user, "https://127.0.0.1:" + untrusted.port()).contains("is not trusted"));
        TestSite misnamed =
                TestSite.https(AUTHORITY.issue("other.example.com").build().serverContext(), request -> answer(200));
        receivers.add(misnamed);
        assertTrue(test(user, "https://127.0.0.1:" + misnamed.port()).contains("not valid for its host name"));
        assertEquals(0, untrusted.requestCount() + misnamed.requestCount());
    }

    @Test
    void plainHttpIsOnlyAllowedForConfiguredRanges() {
        TestSite plain = TestSite.http(request -> answer(200));
        receivers.add(plain);
        TestUser user = user(Plan.PRO);
        assertNull(test(user, "http://127.0.0.1:" + plain.port()));
        assertEquals(1, plain.requestCount());
        assertEquals(
                delivery(user).get("id").asString(),
                plain.takeRequest().getHeaders().get("WebSentry-Delivery"));
        // A public address is not in a configured range; the dialer blocks it before a connection is opened.
        assertEquals(WebhookFailureText.PLAIN_HTTP, test(user, "http://8.8.8.8"));
        assertEquals(LoggingAddressPolicy.REFUSAL, test(user, "https://127.0.0.2"));
        assertEquals(LoggingAddressPolicy.REFUSAL, test(user, "https://169.254.169.254/latest"));
    }

    @Test
    void deliveryIsClaimedByOneNodeAndTakenOverIfItDies() {
        TestUser user = user(Plan.PRO);
        set(user, "https://hook.example.com");
        WebhookDeliveryRepository store = server().get(WebhookDeliveryRepository.class);
        String webhook = server().get(WebhookRepository.class)
                .findByAccount(user.id())
                .orElseThrow()
                .id();
        // Nothing schedules the message, so that the server does not send it.
        store.add(webhook, "scan", "{}");
        WebhookDelivery waiting = store.findLatest(webhook, 1).get(0);
        assertTrue(store.claim(waiting));
        assertFalse(store.claim(waiting));
        WebhookDelivery claimed = store.findLatest(webhook, 1).get(0);
        // The second node claims the message; the late result of the first node is ignored.
        assertTrue(store.claim(claimed));
        store.recordAttempt(waiting, new WebhookDelivery.DeliveryAttempt(Optional.of(200), Optional.empty()));
        assertEquals(
                WebhookDelivery.DeliveryState.PENDING,
                store.findLatest(webhook, 1).get(0).state());
        store.recordAttempt(claimed, new WebhookDelivery.DeliveryAttempt(Optional.of(200), Optional.empty()));
        assertEquals(
                WebhookDelivery.DeliveryState.DELIVERED,
                store.findLatest(webhook, 1).get(0).state());
    }

    @Test
    void webhookThatIsDeletedDuringItsTestIsNotFound() {
        TestUser user = user(Plan.PRO);
        TestSite receiver = receiver(request -> {
            server().get(AccountRepository.class).delete(user.id());
            return answer(204);
        });
        set(user, "https://127.0.0.1:" + receiver.port());
        user.client().post("/api/webhook/test").assertError(404, "not_found");
        assertEquals(1, receiver.requestCount());
    }

    private TestSite receiver(Function<RecordedRequest, MockResponse> answer) {
        TestSite site = TestSite.https(CERTIFICATE.serverContext(), answer);
        receivers.add(site);
        return site;
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    private void dropGrade(TestUser user) {
        server().get(WebhookNotificationService.class).notifyGradeDropped(user.id(), WebhookEvents.gradeDropped("s"));
    }

    private String webhookId(TestUser user) {
        return server().get(WebhookRepository.class)
                .findByAccount(user.id())
                .orElseThrow()
                .id();
    }

    private String tasks(TestUser user) {
        return "background_task WHERE task_name = 'webhook' AND task_instance = '" + webhookId(user) + "'";
    }

    /** Returns whether no message is being sent: its task is removed, or scheduled for the next attempt. */
    private boolean isIdle(TestUser user) {
        return ServerDatabase.count(server().get(JdbcClient.class), tasks(user) + " AND picked_by IS NOT NULL") == 0;
    }

    private static TestResponse put(TestClient client, String url) {
        return client.send(
                "PUT", "/api/webhook", "application/json", BodyPublishers.ofString("{\"url\": \"" + url + "\"}"));
    }

    private static String set(TestUser user, String url) {
        return put(user.client(), url).assertStatus(200).json().get("secret").asString();
    }

    /** Sends a test message. Returns why it failed; null if it was delivered. */
    private static String test(TestUser user, String url) {
        set(user, url);
        JsonNode delivery =
                user.client().post("/api/webhook/test").assertStatus(200).json().get("delivery");
        JsonNode error = delivery.get("last_error");
        assertEquals(
                error.isNull() ? "delivered" : "failed", delivery.get("state").asString());
        return error.isNull() ? null : error.asString();
    }

    private static JsonNode delivery(TestUser user) {
        return user.client().get("/api/webhook").assertStatus(200).json().at("/webhook/deliveries/0");
    }

    private static Instant nextAttempt(TestUser user) {
        return Instant.parse(delivery(user).get("next_attempt_at").asString() + "Z");
    }

    private static JsonNode awaitState(TestUser user, String state) {
        Await.until(
                "the message is " + state,
                () -> delivery(user).get("state").asString().equals(state));
        return delivery(user);
    }

    private static Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile("root", ".pem"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
