package dev.websentry.server.scan;

import dev.websentry.server.error.ApiException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fair, bounded queue that limits the number of concurrent scans. A permit that becomes free goes to the waiting
 * caller with the fewest running scans, and among equals to the one that has waited longest. A caller holds at most
 * half of the permits and a quarter of the queue, rounded up, so that the scans of one caller cannot block all others.
 */
final class FairScanQueue {
    static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final String BUSY = "The server is busy with other scans. Try again in a moment.";
    private static final String CALLER_BUSY =
            "Too many of your scans are in the queue. Try again when some of them have finished.";
    private static final String STOPPING = "The server is shutting down. Try again in a moment.";

    private final int maxRunning;
    private final int maxQueued;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ScanPermit> waitingPermits = new LinkedHashSet<>();
    private final Map<String, Integer> runningByCaller = new HashMap<>();
    private int runningPermits;
    private boolean closed;
    private Runnable onEmpty = () -> {};

    /**
     * Creates the queue.
     *
     * @param maxRunning the number of scans that run concurrently, at least 1
     * @param maxQueued the number of scans that can wait
     */
    FairScanQueue(int maxRunning, int maxQueued) {
        this.maxRunning = maxRunning;
        this.maxQueued = maxQueued;
    }

    /**
     * Takes a permit, or a place in the queue.
     *
     * @param caller the key by which permits are shared fairly
     * @throws ApiException 503 if the queue is full, the caller's share of it is used up, or the server is shutting
     *     down
     */
    ScanPermit acquire(String caller) {
        return acquire(new ScanPermit(caller, true));
    }

    /**
     * Waits for a permit without counting against the queue's bound: for background work that has a bound of its own.
     */
    ScanPermit acquireInBackground(String caller) {
        return acquire(new ScanPermit(caller, false));
    }

    private ScanPermit acquire(ScanPermit permit) {
        lock.lock();
        try {
            if (closed) {
                throw ApiException.busy(STOPPING, RETRY_AFTER);
            }
            waitingPermits.add(permit);
            grant();
            if (permit.queued && waitingPermits.contains(permit)) {
                requireRoom(permit);
            }
            return permit;
        } finally {
            lock.unlock();
        }
    }

    private void requireRoom(ScanPermit permit) {
        long allQueued = waitingPermits.stream().filter(other -> other.queued).count();
        long ownQueued = waitingPermits.stream()
                .filter(other -> other.queued && other.caller.equals(permit.caller))
                .count();
        if (allQueued > maxQueued || ownQueued > share(maxQueued, 4)) {
            waitingPermits.remove(permit);
            throw ApiException.busy(allQueued > maxQueued ? BUSY : CALLER_BUSY, RETRY_AFTER);
        }
    }

    private static int share(int whole, int parts) {
        return (whole + parts - 1) / parts;
    }

    private void grant() {
        while (runningPermits < maxRunning) {
            ScanPermit next = next();
            if (next == null) {
                return;
            }
            waitingPermits.remove(next);
            runningPermits++;
            runningByCaller.merge(next.caller, 1, Integer::sum);
            next.active = true;
            next.granted.countDown();
        }
    }

    private @Nullable ScanPermit next() {
        ScanPermit best = null;
        int fewest = share(maxRunning, 2);
        for (ScanPermit permit : waitingPermits) {
            int held = runningByCaller.getOrDefault(permit.caller, 0);
            if (held < fewest) {
                best = permit;
                fewest = held;
            }
        }
        return best;
    }

    int runningCount() {
        lock.lock();
        try {
            return runningPermits;
        } finally {
            lock.unlock();
        }
    }

    int waitingCount() {
        lock.lock();
        try {
            return waitingPermits.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Rejects new scans from now on. Running and waiting scans continue.
     *
     * @param empty runs once, when the last scan has ended
     */
    void close(Runnable empty) {
        boolean alreadyEmpty;
        lock.lock();
        try {
            closed = true;
            alreadyEmpty = isEmpty();
            onEmpty = alreadyEmpty ? () -> {} : empty;
        } finally {
            lock.unlock();
        }
        if (alreadyEmpty) {
            empty.run();
        }
    }

    private boolean isEmpty() {
        return runningPermits == 0 && waitingPermits.isEmpty();
    }

    /** A permit to run a scan, or a position in the queue for one. Must be closed when the scan has ended. */
    final class ScanPermit implements AutoCloseable {
        private final String caller;
        private final boolean queued;
        private final CountDownLatch granted = new CountDownLatch(1);
        private boolean active;
        private boolean released;

        private ScanPermit(String caller, boolean queued) {
            this.caller = caller;
            this.queued = queued;
        }

        String caller() {
            return caller;
        }

        /**
         * Waits for the permit.
         *
         * @param timeout the maximum time to wait
         * @throws ApiException 503 if the permit is not granted within the timeout
         */
        void awaitGrant(Duration timeout) throws InterruptedException {
            if (!granted.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.busy(BUSY, RETRY_AFTER);
            }
        }

        @Override
        public void close() {
            Runnable last = () -> {};
            lock.lock();
            try {
                if (released) {
                    return;
                }
                released = true;
                waitingPermits.remove(this);
                if (active) {
                    runningPermits--;
                    runningByCaller.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
                }
                grant();
                if (closed && isEmpty()) {
                    last = onEmpty;
                    onEmpty = () -> {};
                }
            } finally {
                lock.unlock();
            }
            last.run();
        }
    }
}
