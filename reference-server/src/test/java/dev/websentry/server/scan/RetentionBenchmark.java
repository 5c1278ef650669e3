package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.TestSites;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures rows, bytes and the duration of the purge for a simulated year of daily monitors, with real reports of two
 * sites, while another thread writes 100 times a second. Arguments: SQLITE or POSTGRESQL, number of monitors, number of
 * days; optionally the data directory of an earlier run that was stopped during the purge.
 */
final class RetentionBenchmark {
    private RetentionBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        DatabaseVendor vendor = DatabaseVendor.valueOf(arguments[0]);
        int monitors = Integer.parseInt(arguments[1]);
        int days = Integer.parseInt(arguments[2]);
        boolean filled = arguments.length > 3;
        List<String> settings =
                new ArrayList<>(filled ? List.of("--websentry.data-dir=" + arguments[3]) : vendor.freshDatabase());
        settings.addAll(TestSites.settings());
        try (TestServer server = TestServer.start(settings, SimulatedYear.clock(days))) {
            List<Report> reports = List.of(scan(server, TestSites.GOOD), scan(server, TestSites.BAD));
            JdbcClient db = server.get(JdbcClient.class);
            for (Report report : reports) {
                byte[] json = dev.websentry.engine.report.ReportJsonWriter.resultsToString(report)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                System.out.printf(
                        "report of %d bytes, compressed %d%n",
                        json.length, StoredReport.of(report).compressedResults().length);
            }
            SimulatedYear year = new SimulatedYear(server, monitors, days, reports);
            long began = System.nanoTime();
            if (!filled) {
                year.insert();
            }
            System.out.printf("inserted in %d s%n", seconds(began));
            print(vendor, db, "before");
            purgeWhileWriting(server, db);
            print(vendor, db, "after");
            if (!year.expected(90).equals(year.stored())) {
                throw new AssertionError("other reports are kept than expected");
            }
            System.out.println("kept reports are exactly the expected ones: "
                    + year.expected(90).size());
        }
        // The sites have threads that would keep the process alive.
        System.exit(0);
    }

    private static Report scan(TestServer server, String url) {
        String id = server.client()
                .post("/api/scan", "{\"url\": \"" + url + "\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
        ScanQueryService reader = server.get(ScanQueryService.class);
        return reader.report(server.get(ScanRepository.class).find(id).orElseThrow())
                .report();
    }

    private static void purgeWhileWriting(TestServer server, JdbcClient db) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong slowest = new AtomicLong();
        AtomicLong writes = new AtomicLong();
        Thread writer = new Thread(() -> {
            while (!done.get()) {
                long began = System.nanoTime();
                db.sql("INSERT INTO usage_counter (subject, period, used, expires_at) VALUES ('b', :p, 1, 0)"
                                + " ON CONFLICT (subject, period) DO UPDATE SET used = usage_counter.used + 1")
                        .param("p", String.valueOf(writes.incrementAndGet()))
                        .update();
                slowest.accumulateAndGet(System.nanoTime() - began, Math::max);
                LockSupport.parkNanos(10_000_000);
            }
        });
        writer.start();
        try {
            long began = System.nanoTime();
            long deleted = server.get(ScanPurge.class).run(() -> false);
            System.out.printf(
                    "purge of %d scans in %d s; meanwhile %d writes, the slowest took %d ms%n",
                    deleted, seconds(began), writes.get(), slowest.get() / 1_000_000);
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private static void print(DatabaseVendor vendor, JdbcClient db, String when) {
        long rows = db.sql("SELECT count(*) FROM scan").query(Long.class).single();
        long bytes = vendor == DatabaseVendor.SQLITE
                ? db.sql("SELECT (page_count - freelist_count) * page_size"
                                + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size")
                        .query(Long.class)
                        .single()
                : liveBytes(db);
        System.out.printf("%s: %d rows, %d MB%n", when, rows, bytes >> 20);
    }

    /** Deleted rows of PostgreSQL occupy their pages until they are vacuumed, so that the table is rewritten first. */
    private static long liveBytes(JdbcClient db) {
        db.sql("VACUUM FULL scan").update();
        return db.sql("SELECT pg_total_relation_size('scan')").query(Long.class).single();
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000;
    }
}
