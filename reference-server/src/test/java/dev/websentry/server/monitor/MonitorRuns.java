package dev.websentry.server.monitor;

import dev.websentry.server.scan.MonitorScanRequest;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The scheduled scans of monitors, as tests wait for them and read them from the database. */
public final class MonitorRuns {
    private MonitorRuns() {}

    /** Waits for the result of the scan that was due at a time. */
    public static void awaitRecord(TestServer server, Monitor monitor, Instant due) {
        Await.until(
                "the report of " + due,
                () -> server.get(MonitorRepository.class)
                        .find(monitor.accountId(), monitor.id())
                        .orElseThrow()
                        .last()
                        .runAt()
                        .equals(Optional.of(due)));
    }

    /** Scans and records the scan like the scheduler, but without waiting for it. */
    public static void scanAt(TestServer server, Monitor monitor, Instant time) {
        server.clock().set(time);
        Scan scan = server.get(ScanService.class)
                .scan(new MonitorScanRequest(monitor.accountId(), monitor.id(), monitor.url(), Optional.of(time)));
        server.get(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        server.context().publishEvent(new MonitorScanRecorded(monitor, Optional.empty(), scan)));
    }

    /** Waits until all runs are completed. */
    static void awaitIdle(TestServer server) {
        Await.until(
                "all runs are completed",
                () -> ServerDatabase.count(
                                server.get(JdbcClient.class), "scheduled_tasks WHERE task_name = 'monitor-run'")
                        == 0);
    }

    /** Returns the times whose scans are completed. */
    static List<Instant> records(TestServer server, Monitor monitor) {
        return server
                .get(JdbcClient.class)
                .sql(
                        "SELECT due_at FROM scan WHERE monitor_id = :id AND due_at IS NOT NULL AND state IN ('done', 'failed') ORDER BY due_at")
                .param("id", monitor.id())
                .query(Long.class)
                .list()
                .stream()
                .map(Instant::ofEpochMilli)
                .toList();
    }
}
