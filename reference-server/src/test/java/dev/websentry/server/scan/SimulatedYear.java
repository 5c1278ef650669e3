package dev.websentry.server.scan;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.Report;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The reports of daily monitors, written through the repository of the server. The outcomes of each monitor change on
 * some days, which are chosen at random with a fixed seed.
 */
final class SimulatedYear {
    static final Instant FIRST_DAY = Instant.parse("2030-01-01T06:00:00Z");
    private static final double CHANGES_PER_DAY = 6 / 365.0;
    private static final int FAILURE_EVERY_DAYS = 50;

    private final TestServer server;
    private final int days;
    private final List<BitSet> changes = new ArrayList<>();
    private final List<StoredReport> reports;

    /** @param reports two reports with different outcomes */
    SimulatedYear(TestServer server, int monitors, int days, List<Report> reports) {
        this.server = server;
        this.days = days;
        this.reports = reports.stream().map(StoredReport::of).toList();
        Random random = new Random(1);
        for (int monitor = 0; monitor < monitors; monitor++) {
            BitSet changed = new BitSet(days);
            for (int day = 1; day < days; day++) {
                changed.set(day, random.nextDouble() < CHANGES_PER_DAY);
            }
            changes.add(changed);
        }
    }

    /**
     * Returns a clock at the last day, after the time of the purge. The server must start with it, so that the scheduler
     * does not run the purge.
     */
    static MutableClock clock(int days) {
        MutableClock clock = new MutableClock();
        clock.set(time(days - 1).plus(Duration.ofMinutes(5)));
        return clock;
    }

    /** Inserts one report per day and monitor; some scans fail. */
    void insert() {
        Account owner = server.get(AccountRepository.class)
                .create(Email.parse("owner@example.com"), "none", Plan.FREE)
                .orElseThrow();
        for (int day = 0; day < days; day++) {
            int today = day;
            server.get(TransactionTemplate.class).executeWithoutResult(status -> {
                for (int monitor = 0; monitor < changes.size(); monitor++) {
                    insert(owner, monitor, today);
                }
            });
        }
    }

    private void insert(Account owner, int monitor, int day) {
        ScanRepository store = server.get(ScanRepository.class);
        String id = id(monitor, day);
        store.insertOrTakeOver(new NewScan(id, id, target(), owner.id(), "monitor-" + monitor, time(day), time(day)));
        if (fails(monitor, day)) {
            store.markFailed(
                    id,
                    id,
                    Scan.ScanState.FAILED,
                    new Scan.ScanFailure(dev.websentry.server.error.ErrorCode.UNREACHABLE, "does not respond"));
        } else {
            store.markDone(id, id, reports.get(version(monitor, day) % reports.size()));
        }
    }

    private static Target target() {
        try {
            return Target.parse("https://shop.example.com");
        } catch (InvalidTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of changes until a day. */
    private int version(int monitor, int day) {
        return changes.get(monitor).get(0, day + 1).cardinality();
    }

    private static boolean fails(int monitor, int day) {
        return (monitor + day) % FAILURE_EVERY_DAYS == FAILURE_EVERY_DAYS - 1;
    }

    private static Instant time(int day) {
        return FIRST_DAY.plus(Duration.ofDays(day));
    }

    private static String id(int monitor, int day) {
        return String.format("%016x%016x", monitor, day);
    }

    /** Returns the ids of the scans that must remain: first, last, changed, recent; computed without the database. */
    Set<String> expected(int retentionDays) {
        Set<String> kept = new TreeSet<>();
        for (int monitor = 0; monitor < changes.size(); monitor++) {
            int previous = -1;
            int last = -1;
            for (int day = 0; day < days; day++) {
                boolean recent = day > days - 1 - retentionDays;
                if (fails(monitor, day)) {
                    if (recent) {
                        kept.add(id(monitor, day));
                    }
                    continue;
                }
                boolean changed = previous < 0
                        || version(monitor, previous) % reports.size() != version(monitor, day) % reports.size();
                if (recent || changed) {
                    kept.add(id(monitor, day));
                }
                previous = day;
                last = day;
            }
            kept.add(id(monitor, last));
        }
        return kept;
    }

    Set<String> stored() {
        return new TreeSet<>(server.get(JdbcClient.class)
                .sql("SELECT id FROM scan WHERE monitor_id LIKE 'monitor-%'")
                .query(String.class)
                .list());
    }
}
