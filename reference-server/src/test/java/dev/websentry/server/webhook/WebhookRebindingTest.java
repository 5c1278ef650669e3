package dev.websentry.server.webhook;

import static dev.websentry.server.testing.PublicAndInternalNetwork.PUBLIC_ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.scan.LoggingAddressPolicy;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.PublicAndInternalNetwork;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.WebhookEvents;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** DNS rebinding: host names of receivers that resolve to the server's own network after the first message. */
@RequiresSecondLoopbackAddress
class WebhookRebindingTest {
    private static final TestCertificate ROOT = TestCertificate.root("Receivers");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path directory;

    private static volatile int status;
    private static TestDnsServer dns;
    private static PublicAndInternalNetwork receiver;
    private static TestServer server;
    private static TestClient owner;
    private static String account;

    @BeforeAll
    static void start() throws IOException {
        dns = TestDnsServer.serving(TestZone.of("example.com.", "other A " + PUBLIC_ADDRESS));
        TestCertificate certificate = ROOT.issue("*.example.com").build();
        receiver = PublicAndInternalNetwork.create(() -> TestSite.https(
                certificate.serverContext(),
                request -> new MockResponse.Builder().code(status).build(),
                List.of(Protocol.HTTP_1_1),
                PUBLIC_ADDRESS));
        Path roots = Files.writeString(directory.resolve("roots.pem"), ROOT.rootPem());
        server = TestServer.start(Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.allow=" + PUBLIC_ADDRESS + "/32",
                                "--websentry.scan.dns-servers=" + dns.server(),
                                "--websentry.scan.ca-certificates=" + roots,
                                "--logging.file.name=" + log()))
                .toList());
        owner = server.client();
        owner.post("/api/auth/signup", "{\"email\": \"owner@example.com\", \"password\": \"correct horse battery\"}")
                .assertStatus(200);
        AccountRepository accounts = server.get(AccountRepository.class);
        account = accounts.find(Email.parse("owner@example.com")).orElseThrow().id();
        accounts.setPlan(account, Plan.PRO);
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
        dns.close();
    }

    @AfterEach
    void innerNetworkWasNotContacted() {
        receiver.assertNoInternalConnections();
    }

    private static Path log() {
        return directory.resolve("server.log");
    }

    private static String name(String label) {
        return label + "-" + NUMBER.incrementAndGet() + ".example.com";
    }

    private static void set(String name) {
        owner.send(
                        "PUT",
                        "/api/webhook",
                        "application/json",
                        BodyPublishers.ofString("{\"url\": \"https://" + name + ":" + receiver.port() + "/in\"}"))
                .assertStatus(200);
    }

    private static JsonNode test() {
        return owner.post("/api/webhook/test").assertStatus(200).json().get("delivery");
    }

    private static long queries(String name) {
        return dns.log().stream().filter(query -> query.name().equals(name)).count();
    }

    private static void assertBlocked(JsonNode delivery, String name, String address) throws IOException {
        assertEquals(LoggingAddressPolicy.REFUSAL, delivery.get("last_error").asString());
        String log = ServerLog.text(log());
        assertTrue(log.contains("webhook at " + name + ": blocked the address " + address + ","), log);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,       127.0.0.1",
        "::1,             0:0:0:0:0:0:0:1",
        "169.254.169.254, 169.254.169.254",
        "10.0.0.1,        10.0.0.1",
        "192.168.0.1,     192.168.0.1"
    })
    void everyMessageIsCheckedAgainstTheAddressPolicy(String later, String shown) throws Exception {
        String name = name("hook");
        boolean six = later.contains(":");
        dns.answerInSequence("A " + name, PUBLIC_ADDRESS, six ? "" : later);
        dns.answerInSequence("AAAA " + name, "", six ? later : "");
        status = 204;
        // Setting a webhook does not resolve its name, because the address may differ when a message is sent.
        set(name);
        assertEquals(0, queries(name));
        int before = receiver.requestCount();
        assertEquals("delivered", test().get("state").asString());
        assertEquals(before + 1, receiver.requestCount());
        JsonNode second = test();
        assertEquals("failed", second.get("state").asString());
        assertBlocked(second, name, shown);
        assertEquals(before + 1, receiver.requestCount());
    }

    @Test
    void secondAttemptIsCheckedAgain() throws Exception {
        String name = name("again");
        dns.answerInSequence("A " + name, PUBLIC_ADDRESS, "127.0.0.1");
        status = 503;
        set(name);
        server.get(WebhookNotificationService.class).notifyGradeDropped(account, WebhookEvents.gradeDropped("s"));
        int before = receiver.requestCount();
        attempt(1);
        assertEquals(503, delivery().get("last_status").asInt());
        assertEquals(before + 1, receiver.requestCount());
        server.clock().advance(Duration.ofMinutes(2));
        attempt(2);
        assertBlocked(delivery(), name, "127.0.0.1");
        assertEquals(before + 1, receiver.requestCount());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.2 127.0.0.1, ::1", "127.0.0.1 127.0.0.2, ''", "10.0.0.1 127.0.0.2, fd00:ec2::254"})
    void onlyTheAllowedOneOfSeveralAddressesIsContacted(String four, String six) {
        String name = name("mixed");
        dns.answerInSequence("A " + name, four, "127.0.0.1");
        dns.answerInSequence("AAAA " + name, six, "::1");
        status = 204;
        set(name);
        int before = receiver.requestCount();
        assertEquals("delivered", test().get("state").asString());
        assertEquals(before + 1, receiver.requestCount());
    }

    private static JsonNode delivery() {
        return owner.get("/api/webhook").assertStatus(200).json().at("/webhook/deliveries/0");
    }

    private static void attempt(int number) {
        Await.until(
                "attempt " + number,
                () -> delivery().get("attempts").asInt() == number
                        && ServerDatabase.count(
                                        server.get(JdbcClient.class),
                                        "background_task WHERE task_name = 'webhook' AND picked_by IS NOT NULL")
                                == 0);
    }
}
