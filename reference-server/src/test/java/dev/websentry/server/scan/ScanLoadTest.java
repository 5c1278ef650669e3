package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.config.ScanException;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.ParallelCalls;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests concurrent scans and the shutdown of a server with running scans. Only the scanner is replaced by a script. */
class ScanLoadTest {
    private static final String BODY = "{\"url\": \"example.com\"}";

    @ParameterizedTest
    @EnumSource(DatabaseVendor.class)
    void threeOfFiftyParallelScansFromOneAddressAreAccepted(DatabaseVendor vendor) throws Exception {
        List<String> database = vendor.freshDatabase();
        SiteScanner quick = (id, target, progress) -> {
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            return DocumentedExamples.report();
        };
        try (TestServer one = TestServer.start(database, quick);
                // SQLite has one server; with PostgreSQL, each of two servers gets half of the calls.
                TestServer other = vendor == DatabaseVendor.SQLITE ? null : TestServer.start(database, quick)) {
            one.clock().advanceToNextHour();
            if (other != null) {
                other.clock().advanceToNextHour();
            }
            List<TestResponse> answers = ParallelCalls.runAll(50, number -> {
                TestServer node = other != null && number % 2 == 1 ? other : one;
                return node.client()
                        .withHeader("X-Forwarded-For", "203.0.113.5")
                        .post("/api/scan", BODY);
            });
            assertEquals(Map.of(200, 3L, 429, 47L), statuses(answers));
            answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .forEach(answer -> answer.assertError(429, "rate_limited"));
            one.client()
                    .withHeader("X-Forwarded-For", "2001:db8:1:2::7")
                    .post("/api/scan", BODY)
                    .assertStatus(200);
            assertEquals(4, count(one, "done"));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseVendor.class)
    void aFullServerRejectsScansAndAStoppingServerCompletesRunningScans(DatabaseVendor vendor) throws Exception {
        List<String> settings = Stream.concat(
                        vendor.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.concurrency=2",
                                "--websentry.scan.queue=1",
                                // Scans must end before it does, on a machine that stops for seconds, too.
                                "--spring.lifecycle.timeout-per-shutdown-phase=10m"))
                .toList();
        Semaphore quickEnds = new Semaphore(0);
        Semaphore slowEnds = new Semaphore(0);
        CountDownLatch bothRun = new CountDownLatch(2);
        SiteScanner scripted = (id, target, progress) -> {
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            bothRun.countDown();
            try {
                (target.input().startsWith("quick") ? quickEnds : slowEnds).acquire();
            } catch (InterruptedException e) {
                throw new ScanException(ScanException.ScanFailureReason.INTERRUPTED, "interrupted");
            }
            return DocumentedExamples.report();
        };
        JdbcClient database = ServerDatabase.of(settings);
        TestServer server = TestServer.start(settings, scripted);
        List<String> ids = new ArrayList<>();
        ids.add(start(server.client(), "quick.example.com"));
        ids.add(start(server.client(), "slow.example.com"));
        bothRun.await();
        ids.add(start(server.client(), "quick.example.net"));
        TestResponse busy = server.client().post("/api/scans", BODY).assertError(503, "busy");
        assertTrue(Integer.parseInt(busy.header("Retry-After")) > 0);
        TestClient caller = server.client().withHeader("X-Forwarded-For", "203.0.113.99");
        for (int i = 0; i < 5; i++) {
            caller.post("/api/scan", BODY).assertError(503, "busy");
        }
        assertEquals("running", server.client().scanState(ids.get(0)));
        assertEquals("waiting", server.client().scanState(ids.get(2)));

        Thread stop = new Thread(server::close);
        stop.start();
        while (server.get(ScanLifecycle.class).isAcceptingScans()) {
            Thread.onSpinWait();
        }
        quickEnds.release(2);
        Await.until("the queued scan has ended", () -> count(database, "done") == 2);
        slowEnds.release();
        stop.join();

        try (TestServer restarted = TestServer.start(settings)) {
            for (String id : ids) {
                assertEquals("done", restarted.client().scanState(id));
                restarted.client().get("/api/scan/" + id + "/json").assertStatus(200);
            }
        }
    }

    /** A scan that the shutdown ends says nothing about its site, whatever it ends with: a monitor repeats it. */
    @Test
    void scansThatEndAfterTheGracePeriodAreInterrupted() throws Exception {
        List<String> settings = Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of("--spring.lifecycle.timeout-per-shutdown-phase=10ms"))
                .toList();
        CountDownLatch allRun = new CountDownLatch(3);
        SiteScanner scripted = (id, target, progress) -> {
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            allRun.countDown();
            try {
                new Semaphore(0).acquire();
            } catch (InterruptedException e) {
                if (target.input().startsWith("graded")) {
                    return DocumentedExamples.report();
                }
                if (target.input().startsWith("defect")) {
                    throw new IllegalStateException("closed", e);
                }
            }
            throw new ScanException(ScanException.ScanFailureReason.UNREACHABLE, "socket closed");
        };
        String id;
        try (TestServer server = TestServer.start(settings, scripted)) {
            id = start(server.client(), "graded.example.com");
            start(server.client(), "defect.example.com");
            start(server.client(), "unreachable.example.com");
            allRun.await();
        }
        assertEquals(3, count(ServerDatabase.of(settings), "interrupted"));
        try (TestServer restarted = TestServer.start(settings)) {
            restarted.client().get("/api/scan/" + id + "/json").assertError(404, "not_found");
        }
    }

    /** The scan was deleted with its account, so that its id cannot be read. */
    @ParameterizedTest
    @EnumSource(DatabaseVendor.class)
    void aScanIsUnauthorizedIfItsAccountIsDeletedMeanwhile(DatabaseVendor vendor) {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        SiteScanner scripted = (id, target, progress) -> {
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            meanwhile.get().run();
            return DocumentedExamples.report();
        };
        try (TestServer server = TestServer.start(vendor.freshDatabase(), scripted)) {
            TestClient client = server.client();
            client.post("/api/auth/signup", "{\"email\": \"m@example.com\", \"password\": \"correct horse battery\"}")
                    .assertStatus(200);
            client.post("/api/scan", BODY).assertStatus(200);
            AccountRepository accounts = server.get(AccountRepository.class);
            meanwhile.set(() -> accounts.delete(
                    accounts.find(Email.parse("m@example.com")).orElseThrow().id()));
            client.post("/api/scan", BODY).assertError(401, "unauthorized");
            assertEquals(0, count(server, "done"));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseVendor.class)
    void aScanIsInterruptedIfItsServerCrashed(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(database)) {
            server.get(JdbcClient.class)
                    .sql("""
                            INSERT INTO scan (id, url, site, state, run_id, created_at)
                            VALUES ('cut', 'example.com', 'example.com', 'running', 'dead', :now)""")
                    .param("now", server.clock().millis())
                    .update();
            server.client().get("/api/scan/cut/json").assertError(404, "not_found");
            server.get(ScanHousekeeping.class).cleanUp();
            assertEquals("running", server.client().scanState("cut"), "the deadline has not passed");
            if (vendor == DatabaseVendor.SQLITE) {
                server.get(ScanHousekeeping.class).start();
            } else {
                server.clock().advance(java.time.Duration.ofMinutes(3));
                server.get(ScanHousekeeping.class).cleanUp();
            }
            assertEquals("interrupted", server.client().scanState("cut"));
            server.client().get("/api/scan/cut/json").assertError(404, "not_found");
            assertScheduledTimesHaveOneScan(server);
        }
    }

    /** A scheduled time has one scan, which is repeated only if it was interrupted. */
    private static void assertScheduledTimesHaveOneScan(TestServer server) {
        TestClient client = server.client();
        client.post("/api/auth/signup", "{\"email\": \"m@example.com\", \"password\": \"correct horse battery\"}")
                .assertStatus(200);
        AccountRepository accounts = server.get(AccountRepository.class);
        String account =
                accounts.find(Email.parse("m@example.com")).orElseThrow().id();
        accounts.setPlan(account, Plan.PRO);
        ScanService scans = server.get(ScanService.class);
        var due = java.util.Optional.of(java.time.Instant.parse("2026-02-14T06:00:00Z"));
        MonitorScanRequest scheduled = new MonitorScanRequest(account, "monitor", "http://127.0.0.1:1/", due);
        Scan first = scans.scan(scheduled);
        assertEquals(Scan.ScanState.FAILED, first.state(), "the default policy blocks the address");
        assertEquals(first.id(), scans.scan(scheduled).id());
        server.get(JdbcClient.class)
                .sql("UPDATE scan SET state = 'running', run_id = 'dead' WHERE id = :id")
                .param("id", first.id())
                .update();
        Scan repeated = scans.scan(scheduled);
        assertEquals(first.id(), repeated.id());
        assertEquals(Scan.ScanState.FAILED, repeated.state());
        assertEquals(
                1,
                server.get(JdbcClient.class)
                        .sql("SELECT count(*) FROM scan WHERE monitor_id = 'monitor'")
                        .query(Integer.class)
                        .single());
    }

    private static String start(TestClient client, String url) {
        return client.post("/api/scans", "{\"url\": \"" + url + "\"}")
                .assertStatus(202)
                .json()
                .get("scanId")
                .asString();
    }

    private static int count(TestServer server, String state) {
        return count(server.get(JdbcClient.class), state);
    }

    private static int count(JdbcClient database, String state) {
        return ServerDatabase.count(database, "scan WHERE state = '" + state + "'");
    }

    private static Map<Integer, Long> statuses(List<TestResponse> answers) {
        return answers.stream()
                .map(TestResponse::status)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
