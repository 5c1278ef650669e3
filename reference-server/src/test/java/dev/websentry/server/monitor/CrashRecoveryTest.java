package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ForkedTestServer;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.ScanGate;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Kills the server (SIGKILL) several times, each time at another moment, during the scheduled scans, scans by callers,
 * initial scans of monitors, sign-ups and creations of API keys. Callers use HTTP, and the engine scans a site on
 * loopback. Afterwards everything that a response has confirmed must be stored, and each monitor must have one report
 * for the trigger. With {@code -Dcrash-rounds=N} there are N more kills per database.
 */
@Tag("endurance")
class CrashRecoveryTest {
    private static final Instant SUNDAY = Instant.parse("2030-06-02T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    private static final String PASSWORD = "correct horse battery";
    private static final String OWNER = "owner@example.com";
    /** Two of them are scanned concurrently. */
    private static final int MONITORS = 9;

    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(90);
    private static final int MORE_KILLS = Integer.getInteger("crash-rounds", 0);

    @TempDir
    Path directory;

    private final TestCertificate root = TestCertificate.root("root");
    /** The hosts of monitors whose scheduled scan was started by the engine. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    /** The number of those hosts that the engine may scan. */
    private int open;
    /** The number of servers that were killed. */
    private int killed;

    private final Queue<String> signUps = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Queue<String> scans = new ConcurrentLinkedQueue<>();
    private final Queue<String> createdMonitors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger monitorAttempts = new AtomicInteger();
    private ScanGate gate;
    private TestSite site;
    private TestDnsServer dns;
    private volatile URI url;

    @BeforeEach
    void startSite() {
        gate = ScanGate.start("monitor", this::begin);
        site = TestSite.https(root.issue("*.example.com").build().serverContext(), request -> TestSite.page("hello"));
        dns = TestDnsServer.serving(TestZone.of("example.com.", "* A 127.0.0.1"));
    }

    @AfterEach
    void stopSite() {
        open(MONITORS);
        gate.close();
        site.close();
        dns.close();
    }

    /** Blocks scans of further hosts. Otherwise all could complete on a fast machine before the server is killed. */
    private synchronized void begin(String host) {
        int before = killed;
        try {
            while (!begun.contains(host) && begun.size() >= open) {
                wait();
                if (killed > before) {
                    return;
                }
            }
            begun.add(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets the scans that the killed server was waiting with. */
    private synchronized void forgetWaiting() {
        killed++;
        notifyAll();
    }

    private synchronized void open(int sites) {
        open = sites;
        notifyAll();
    }

    private List<String> settings(DatabaseVendor vendor) throws Exception {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        String at = ".example.com:443:127.0.0.1:" + site.port();
        settings.addAll(List.of(
                gate.setting(),
                // Two minutes without a heartbeat are a dead node, but a busy machine may stop one for seconds.
                "--websentry.monitors.heartbeat=30s",
                "--websentry.scan.concurrency=4",
                "--websentry.scan.allow=127.0.0.1/32",
                "--websentry.scan.dns-servers=" + dns.server(),
                "--websentry.scan.ca-certificates=" + Files.writeString(directory.resolve("roots.pem"), root.rootPem()),
                "--websentry.scan.resolve="
                        + String.join(
                                ",",
                                Stream.concat(
                                                Stream.of("www", "first"),
                                                IntStream.range(0, MONITORS).mapToObj(i -> "monitor" + i))
                                        .map(name -> name + at)
                                        .toList())));
        return settings;
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 5", "POSTGRESQL, 2"})
    void nothingIsLostOrRecordedTwice(DatabaseVendor vendor, int fewestKills) throws Exception {
        int kills = fewestKills + MORE_KILLS;
        List<String> settings = settings(vendor);
        List<String> monitors = prepare(settings);
        begun.clear();
        for (int kill = 0; kill < kills; kill++) {
            // For the clock of each process, the heartbeats of the previous one have expired.
            // At least one site is never scanned before the last start.
            int sites = 2 + kill * (MONITORS - 3) / Math.max(1, kills - 1);
            kill(settings, MONDAY.plus(Duration.ofMinutes(10L * kill)), kill, sites);
        }
        // Some scans, but not all, were recorded before the last start: the server was killed in between.
        int before = recorded(ServerDatabase.of(settings));
        assertTrue(before > 0 && before < MONITORS, before + " of " + MONITORS);
        open(MONITORS);
        MutableClock clock = new MutableClock();
        clock.set(MONDAY.plus(Duration.ofMinutes(60 + 10L * kills)));
        try (TestServer server = TestServer.start(settings, clock)) {
            JdbcClient db = server.get(JdbcClient.class);
            Await.until("every monitor has its report", () -> recorded(db) == MONITORS);
            Await.until(
                    "no scheduled scan is left",
                    () -> ServerDatabase.count(db, "scheduled_tasks WHERE task_name = 'monitor-run'") == 0);
            for (String monitor : monitors) {
                assertEquals(
                        1,
                        ServerDatabase.count(db, "scan WHERE due_at IS NOT NULL AND monitor_id = '" + monitor + "'"));
            }
            assertConfirmedDataIsStored(server, db);
            if (vendor == DatabaseVendor.SQLITE) {
                assertEquals(
                        "ok",
                        db.sql("PRAGMA integrity_check").query(String.class).single());
            }
        }
    }

    private static List<String> prepare(List<String> settings) {
        MutableClock clock = new MutableClock();
        clock.set(SUNDAY);
        try (TestServer server = TestServer.start(settings, clock)) {
            server.client().post("/api/auth/signup", credentials(OWNER)).assertStatus(200);
            AccountRepository accounts = server.get(AccountRepository.class);
            Account owner = accounts.find(Email.parse(OWNER)).orElseThrow();
            accounts.setPlan(owner.id(), Plan.AGENCY);
            return IntStream.range(0, MONITORS)
                    .mapToObj(i -> server.get(MonitorRepository.class)
                            .create(owner.id(), "https://monitor" + i + ".example.com", Frequency.DAILY, true)
                            .orElseThrow()
                            .id())
                    .toList();
        }
    }

    /** Starts a server in a separate process and kills it some time after one more scheduled scan has started. */
    private void kill(List<String> settings, Instant now, int number, int sites) throws Exception {
        try (ForkedTestServer server = ForkedTestServer.start(settings, now)) {
            url = server.url();
            TestClient owner = client();
            owner.post("/api/auth/login", credentials(OWNER)).assertStatus(200);
            List<Thread> callers = List.of(
                    repeat(() -> signUp(client())),
                    repeat(() -> keys.add(text(owner.post("/api/keys", "{\"name\": \"made\"}"), "/key"))),
                    repeat(() -> scans.add(
                            text(owner.post("/api/scan", "{\"url\": \"https://www.example.com\"}"), "/scanId"))),
                    repeat(() -> makeMonitor(owner)));
            open(sites);
            Await.until("another scheduled scan has started", () -> begun.size() == sites);
            JdbcClient db = ServerDatabase.of(settings);
            Await.until("a scheduled scan is recorded", () -> number == 0 || recorded(db) > 0);
            Await.until("more changes are confirmed", () -> signUps.size() > number + 1 && keys.size() > number + 1);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(70L * (number % 8)));
            server.kill();
            assertEquals(128 + 9, server.exitCode(EXIT_TIMEOUT), server::output);
            forgetWaiting();
            for (Thread caller : callers) {
                caller.join(EXIT_TIMEOUT.toMillis());
                assertFalse(caller.isAlive(), "a caller is still waiting");
            }
        }
    }

    private TestClient client() {
        return new TestClient(() -> url);
    }

    /** Repeats a call in a thread until the server no longer responds. */
    private static Thread repeat(Runnable call) {
        Thread caller = new Thread(() -> {
            try {
                while (true) {
                    call.run();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            } catch (UncheckedIOException e) {
                // The server was killed.
            }
        });
        caller.start();
        return caller;
    }

    private static String text(TestResponse answer, String field) {
        return answer.assertStatus(200).json().at(field).asString();
    }

    private void signUp(TestClient client) {
        String email = "user-" + System.nanoTime() + "@example.com";
        client.post("/api/auth/signup", credentials(email)).assertStatus(200);
        signUps.add(email);
    }

    private void makeMonitor(TestClient owner) {
        // A creation that was not confirmed may have been stored.
        if (monitorAttempts.incrementAndGet() <= Plan.AGENCY.maxMonitors() - MONITORS) {
            createdMonitors.add(text(
                    owner.post("/api/monitors", "{\"url\": \"https://first.example.com\", \"frequency\": \"monthly\"}"),
                    "/monitor/id"));
        } else {
            // The caller ends when the server no longer responds.
            owner.get("/api/monitors").assertStatus(200);
        }
    }

    private static String credentials(String email) {
        return "{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD + "\"}";
    }

    private void assertConfirmedDataIsStored(TestServer server, JdbcClient db) {
        TestClient owner = server.client();
        owner.post("/api/auth/login", credentials(OWNER)).assertStatus(200);
        for (String email : signUps) {
            server.client().post("/api/auth/login", credentials(email)).assertStatus(200);
        }
        TestClient program = server.client();
        for (String key : keys) {
            program.withApiKey(key).get("/api/scans?limit=1").assertStatus(200);
        }
        for (String scan : scans) {
            owner.get("/api/scan/" + scan + "/json").assertStatus(200);
        }
        JsonNode listed = owner.get("/api/monitors").assertStatus(200).json();
        for (String monitor : createdMonitors) {
            assertTrue(listed.toString().contains("\"id\":\"" + monitor + "\""), monitor);
            assertEquals(
                    1, ServerDatabase.count(db, "monitor WHERE last_grade IS NOT NULL AND id = '" + monitor + "'"));
            assertEquals(1, ServerDatabase.count(db, "scan WHERE state = 'done' AND monitor_id = '" + monitor + "'"));
        }
    }

    private static int recorded(JdbcClient db) {
        return ServerDatabase.count(db, "scan WHERE state = 'done' AND due_at = " + MONDAY.toEpochMilli());
    }
}
