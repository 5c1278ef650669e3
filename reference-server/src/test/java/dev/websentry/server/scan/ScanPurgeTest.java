package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.monitor.ScriptedScanner;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScanPurgeTest {
    private static final Instant NOW = Instant.parse("2030-06-03T06:00:00Z");

    @ParameterizedTest
    @EnumSource
    void firstLastChangedAndRecentReportsOfMonitorsRemain(DatabaseVendor vendor) throws Exception {
        try (TestServer server = TestServer.start(vendor.freshDatabase(), SimulatedYear.clock(365))) {
            SimulatedYear year = new SimulatedYear(server, 6, 365, List.of(report(Grade.A), report(Grade.C)));
            year.insert();
            Set<String> before = year.stored();
            assertEquals(6 * 365, before.size());
            Set<String> expected = year.expected(90);
            long deleted = server.get(ScanPurge.class).run(() -> false);
            assertEquals(expected, year.stored());
            assertEquals(before.size() - expected.size(), deleted);
            assertTrue(expected.size() > 6 * 91 && deleted > 6 * 200, deleted + " deleted");
            // A second run finds nothing.
            assertEquals(0, server.get(ScanPurge.class).run(() -> false));
            // The scheduler runs the purge every day at 04:00.
            server.clock().advance(Duration.ofDays(30));
            Await.until("the purge", () -> year.stored().equals(year.expected(60)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void scansOfAccountsAreKeptByPlanAndWhileShared(DatabaseVendor vendor) throws Exception {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.add("--websentry.retention.free=10d");
        settings.add("--websentry.retention.pro=20d");
        settings.add("--websentry.retention.agency=30d");
        MutableClock clock = new MutableClock();
        clock.set(NOW);
        try (TestServer server = TestServer.start(settings, clock)) {
            Set<String> expected = new TreeSet<>();
            for (Plan plan : Plan.values()) {
                Account owner = server.get(AccountRepository.class)
                        .create(Email.parse(plan.wireName() + "@example.com"), "none", plan)
                        .orElseThrow();
                server.get(AccountRepository.class).setPlan(owner.id(), plan);
                for (int age : List.of(9, 11, 19, 21, 29, 31)) {
                    String id = plan.wireName() + "-" + age;
                    insert(server, owner, id, NOW.minus(Duration.ofDays(age)));
                    int kept = 10 * (List.of(Plan.values()).indexOf(plan) + 1);
                    if (age < kept) {
                        expected.add(id);
                    }
                }
            }
            JdbcClient db = server.get(JdbcClient.class);
            share(db, "free-31", null);
            share(db, "free-29", 1L);
            expected.add("free-31");
            server.get(ScanPurge.class).run(() -> false);
            assertEquals(
                    expected,
                    new TreeSet<>(
                            db.sql("SELECT id FROM scan").query(String.class).list()));
            // After a change of the plan, the period of the new plan applies.
            String pro = server.get(AccountRepository.class)
                    .find(Email.parse("pro@example.com"))
                    .orElseThrow()
                    .id();
            server.get(AccountRepository.class).setPlan(pro, Plan.FREE);
            server.get(ScanPurge.class).run(() -> false);
            expected.removeAll(Set.of("pro-11", "pro-19"));
            assertEquals(
                    expected,
                    new TreeSet<>(
                            db.sql("SELECT id FROM scan").query(String.class).list()));
        }
    }

    private static void insert(TestServer server, Account owner, String id, Instant created) throws Exception {
        ScanRepository store = server.get(ScanRepository.class);
        store.insertOrTakeOver(
                new NewScan(id, id, Target.parse("https://shop.example.com"), owner.id(), null, null, created));
        store.markDone(id, id, StoredReport.of(report(Grade.A)));
    }

    private static void share(JdbcClient db, String scan, Long revoked) {
        db.sql("INSERT INTO share (token, scan_id, created_at, revoked_at) VALUES (:scan, :scan, 0, :revoked)")
                .param("scan", scan)
                .param("revoked", revoked)
                .update();
    }

    private static Report report(Grade grade) throws Exception {
        ScriptedScanner scanner = new ScriptedScanner();
        scanner.setGrade("shop.example.com", grade);
        return scanner.scan("id", Target.parse("https://shop.example.com"), ScanProgressListener.NONE);
    }
}
