package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pages of monitors and of the history show of scans. */
class MonitorPagesTest extends EndpointTest {
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");

    private String monitor(TestUser user, String lastScanId) {
        String id = SecureTokens.newId();
        server().get(JdbcClient.class)
                .sql("""
                        INSERT INTO monitor (id, account_id, url, frequency, last_grade, last_scan_id, next_due_at,
                            created_at)
                        VALUES (:id, :account, 'https://a.example', 'daily', 'A', :scan, :due, 1)""")
                .param("id", id)
                .param("account", user.id())
                .param("scan", lastScanId)
                .param("due", NOW.plus(Duration.ofDays(365)).toEpochMilli())
                .update();
        return id;
    }

    private String scan(TestUser user, String monitor, Instant created, boolean done, @Nullable Instant certificate) {
        String id = SecureTokens.newId();
        insert(id, user, monitor, created, done, certificate);
        return id;
    }

    private void insert(
            String id, TestUser user, String monitor, Instant created, boolean done, @Nullable Instant certificate) {
        server().get(JdbcClient.class)
                .sql("""
                        INSERT INTO scan (id, account_id, url, site, state, grade, score, error, error_code,
                            monitor_id, due_at, created_at, certificate_expires_at)
                        VALUES (:id, :account, 'https://a.example', 'a.example', :state, :grade, :score, :error, :code,
                            :monitor, :created, :created, :certificate)""")
                .param("id", id)
                .param("account", user.id())
                .param("state", done ? "done" : "failed")
                .param("grade", done ? "A" : null)
                .param("score", done ? 85 : null)
                .param("error", done ? null : "The site does not respond")
                .param("code", done ? null : "unreachable")
                .param("monitor", monitor)
                .param("created", created.toEpochMilli())
                .param("certificate", certificate == null ? null : certificate.toEpochMilli())
                .update();
    }

    @Test
    void monitorShowsTheShareOfSuccessfulScansTheCertificateAndTheHistory() {
        TestUser user = user(Plan.PRO);
        clock().set(NOW);
        String last = SecureTokens.newId();
        String monitor = monitor(user, last);
        insert(last, user, monitor, NOW.minus(Duration.ofDays(1)), true, NOW.plus(Duration.ofHours(12 * 24 + 1)));
        scan(user, monitor, NOW.minus(Duration.ofDays(2)), false, null);
        scan(user, monitor, NOW.minus(Duration.ofDays(3)), true, null);
        // Too old to count.
        scan(user, monitor, NOW.minus(Duration.ofDays(31)), false, null);
        String page = user.client().get("/monitors").assertStatus(200).body();
        assertTrue(page.contains("66 % (2 of 3)"), page);
        assertTrue(page.contains("2026-04-01 (in 12 days)"), page);
        assertTrue(page.contains("href=\"/history?site=a.example\""), page);
    }

    @Test
    void monitorWithoutScansShowsNone() {
        TestUser user = user(Plan.PRO);
        clock().set(NOW);
        monitor(user, SecureTokens.newId());
        String page = user.client().get("/monitors").assertStatus(200).body();
        assertFalse(page.contains(" % ("), page);
        assertFalse(page.contains("/history?site="), page);
    }

    @Test
    void timesHaveSecondsOnlyIfTheirMinutesAreEqual() {
        TestUser user = user(Plan.PRO);
        clock().set(NOW);
        scan(user, "m", NOW.minusSeconds(60), true, null);
        scan(user, "m", NOW.minusSeconds(180), true, null);
        String page = user.client().get("/history?site=a.example").body();
        assertTrue(page.contains("2026-03-20 11:59 UTC"), page);
        scan(user, "m", NOW.minusSeconds(50), true, NOW.plusSeconds(1));
        page = user.client().get("/history?site=a.example").body();
        assertTrue(page.contains("2026-03-20 11:59:10 UTC") && page.contains("2026-03-20 11:59:00 UTC"), page);
        assertTrue(page.contains("2026-03-20 (within a day)"), page);
    }

    /** More often than the pool has connections. */
    @Test
    void pagesReturnTheirDatabaseConnections() {
        TestUser user = user(Plan.PRO);
        scan(user, "n", clock().instant(), true, clock().instant());
        for (int i = 0; i < 20; i++) {
            user.client().get("/monitors").assertStatus(200);
            user.client().get("/history?site=a.example").assertStatus(200);
        }
    }

    @Test
    void certificateEndCountsFullDays() {
        assertEquals("2026-03-20 (within a day)", CertificateEnd.of(NOW, NOW).text());
        assertEquals(
                "2026-03-20 (expired)",
                CertificateEnd.of(NOW.minusSeconds(1), NOW).text());
        assertEquals(
                "2026-03-21 (in 1 day)",
                CertificateEnd.of(NOW.plusSeconds(86_400), NOW).text());
        assertEquals(
                "warn", CertificateEnd.of(NOW.plus(Duration.ofDays(13)), NOW).tone());
        assertEquals(
                "none", CertificateEnd.of(NOW.plus(Duration.ofDays(14)), NOW).tone());
    }
}
