package dev.websentry.server.scan;

import dev.websentry.server.answer.ApiException;
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
 * The places in which scans run, and the queue before them. A place that becomes free goes to the caller that has the
 * fewest; among equals to the one that came first. Nobody has more than half of the places, nor more than a quarter of the
 * queue, so that one caller's many scans don't keep others out.
 */
final class Places {
    static final Duration COME_BACK = Duration.ofSeconds(10);
    private static final String BUSY = "The server is busy with other scans. Try again in a moment.";
    private static final String YOURS = "Too many of your scans are waiting. Try again when some are done.";
    private static final String STOPPING = "The server is being stopped. Try again in a moment.";

    private final int atOnce;
    private final int queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final Map<String, Integer> runningOf = new HashMap<>();
    private int running;
    private boolean closed;
    private Runnable whenEmpty = () -> {};

    Places(int atOnce, int queue) {
        this.atOnce = atOnce;
        this.queue = queue;
    }

    /**
     * Takes a place, or one in the queue.
     *
     * @throws ApiException 503 when there is none
     */
    Ticket enter(String caller) {
        return enter(new Ticket(caller, true));
    }

    /** Stands beside the queue: for work that has time and comes with its own bounds. */
    Ticket enterBeside(String caller) {
        return enter(new Ticket(caller, false));
    }

    private Ticket enter(Ticket ticket) {
        lock.lock();
        try {
            if (closed) {
                throw ApiException.busy(STOPPING, COME_BACK);
            }
            waiting.add(ticket);
            grant();
            if (ticket.inQueue && waiting.contains(ticket)) {
                requireRoom(ticket);
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private void requireRoom(Ticket ticket) {
        long all = waiting.stream().filter(other -> other.inQueue).count();
        long own = waiting.stream()
                .filter(other -> other.inQueue && other.caller.equals(ticket.caller))
                .count();
        if (all > queue || own > share(queue, 4)) {
            waiting.remove(ticket);
            throw ApiException.busy(all > queue ? BUSY : YOURS, COME_BACK);
        }
    }

    private static int share(int whole, int parts) {
        return (whole + parts - 1) / parts;
    }

    private void grant() {
        while (running < atOnce) {
            Ticket next = next();
            if (next == null) {
                return;
            }
            waiting.remove(next);
            running++;
            runningOf.merge(next.caller, 1, Integer::sum);
            next.runs = true;
            next.called.countDown();
        }
    }

    private @Nullable Ticket next() {
        Ticket best = null;
        int fewest = share(atOnce, 2);
        for (Ticket ticket : waiting) {
            int has = runningOf.getOrDefault(ticket.caller, 0);
            if (has < fewest) {
                best = ticket;
                fewest = has;
            }
        }
        return best;
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on nobody enters; those who are inside, or wait, go on.
     *
     * @param empty run once, when the last of them has gone
     */
    void close(Runnable empty) {
        boolean now;
        lock.lock();
        try {
            closed = true;
            now = isEmpty();
            whenEmpty = now ? () -> {} : empty;
        } finally {
            lock.unlock();
        }
        if (now) {
            empty.run();
        }
    }

    private boolean isEmpty() {
        return running == 0 && waiting.isEmpty();
    }

    /** A place, or the right to one that becomes free. Closed when the scan is over. */
    final class Ticket implements AutoCloseable {
        private final String caller;
        private final boolean inQueue;
        private final CountDownLatch called = new CountDownLatch(1);
        private boolean runs;
        private boolean over;

        private Ticket(String caller, boolean inQueue) {
            this.caller = caller;
            this.inQueue = inQueue;
        }

        /**
         * Waits until the place is free.
         *
         * @throws ApiException 503 when that takes too long
         */
        void await(Duration patience) throws InterruptedException {
            if (!called.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.busy(BUSY, COME_BACK);
            }
        }

        @Override
        public void close() {
            Runnable last = () -> {};
            lock.lock();
            try {
                if (over) {
                    return;
                }
                over = true;
                waiting.remove(this);
                if (runs) {
                    running--;
                    runningOf.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
                }
                grant();
                if (closed && isEmpty()) {
                    last = whenEmpty;
                    whenEmpty = () -> {};
                }
            } finally {
                lock.unlock();
            }
            last.run();
        }
    }
}
