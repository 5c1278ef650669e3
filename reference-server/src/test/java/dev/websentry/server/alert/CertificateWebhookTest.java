package dev.websentry.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRuns;
import dev.websentry.server.monitor.MonitorService;
import dev.websentry.server.monitor.ScriptedScanner;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.webhook.WebhookService;
import dev.websentry.testsite.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages about certificates to a webhook, on a server without e-mail. */
class CertificateWebhookTest {
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    private static final String HOST = "shop.example.com";

    private final ScriptedScanner scanner = new ScriptedScanner();
    private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
    private final TestSite receiver = TestSite.http(request -> {
        received.add(JsonMapper.shared().readTree(request.getBody().utf8()));
        return new MockResponse.Builder().code(204).build();
    });

    @AfterEach
    void stop() {
        receiver.close();
    }

    @ParameterizedTest
    @EnumSource
    void certificateIsReportedOncePerThresholdFromTheTimeTheWebhookIsSet(DatabaseVendor vendor) {
        MutableClock clock = new MutableClock();
        clock.set(MONDAY);
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.add("--websentry.scan.allow=127.0.0.1/32");
        try (TestServer server = TestServer.start(settings, clock, scanner)) {
            Account account = server.get(AccountRepository.class)
                    .create(Email.parse("me@example.com"), "none", Plan.PRO)
                    .orElseThrow();
            Instant end = MONDAY.plus(Duration.ofDays(32));
            scanner.setCertificate(HOST, "some days of 398 days remain, until " + end);
            Monitor monitor = server.get(MonitorService.class).create(account, "https://" + HOST, "daily", true);
            // Paused, so that the scheduler does not scan as well.
            server.get(MonitorService.class).toggle(account, monitor.id());
            // The first threshold passes before the webhook is set.
            scanOnDay(server, monitor, 3);
            server.get(WebhookService.class).set(account, "http://127.0.0.1:" + receiver.port() + "/", "json");
            for (int day = 4; day <= 33; day++) {
                if (day == 33) {
                    scanner.setCertificate(HOST, "The certificate expired on " + end);
                }
                scanOnDay(server, monitor, day);
            }
            JdbcClient db = server.get(JdbcClient.class);
            Await.until(
                    "all messages are delivered",
                    () -> ServerDatabase.count(db, "webhook_delivery WHERE state <> 'delivered'") == 0);
            assertEquals(
                    List.of("27 false", "13 false", "2 false", "0 true"),
                    received.stream()
                            .map(message -> message.at("/data/days_left") + " " + message.at("/data/expired"))
                            .toList());
            JsonNode first = received.element();
            assertEquals("certificate_expires", first.get("event").asString());
            assertEquals("https://" + HOST, first.at("/data/monitor/url").asString());
            assertEquals("2030-07-05T06:00:00", first.at("/data/expires_at").asString());
            assertEquals(4, ServerDatabase.count(db, "certificate_alert"));
        }
    }

    private static void scanOnDay(TestServer server, Monitor monitor, int day) {
        MonitorRuns.scanAt(server, monitor, MONDAY.plus(Duration.ofDays(day)).plusMillis(1));
    }
}
