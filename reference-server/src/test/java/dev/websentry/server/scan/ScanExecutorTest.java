package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.Target;
import dev.websentry.server.scan.FairScanQueue.ScanPermit;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import dev.websentry.server.testing.DocumentedExamples;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** Interrupts scans and those who wait for them. Each scan must end once, be stored, and release its permit. */
class ScanExecutorTest {
    private static final NewScan SCAN =
            new NewScan("scan", "run", Target.parse("example.com"), null, null, null, Instant.EPOCH);

    private final InterruptSensitiveRepository store = new InterruptSensitiveRepository();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FairScanQueue queue = new FairScanQueue(1, 1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }

    private ScanExecutor executor(SiteScanner scanner, ExecutorService used) {
        return new ScanExecutor(new ScanResultWriter(store), scanner, queue, new ScanMetrics(meters), used);
    }

    private void assertEndedOnce(ScanExecutor executor, ScanState state) {
        assertEquals(List.of(state), store.states);
        assertEquals(0, queue.runningCount(), "the permit is released");
        assertEquals(Optional.empty(), executor.progress(SCAN.id()));
        assertEquals(1, endedScans(), "the scan is counted once");
    }

    private double endedScans() {
        return meters.find("websentry.scans.ended").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void scanEndsIfItsCallerIsInterruptedBeforeItStarts() throws Exception {
        HeldThreads held = new HeldThreads();
        ScanExecutor executor = executor((id, target, progress) -> DocumentedExamples.report(), held);
        ScanPermit permit = queue.acquire("caller");
        Thread.currentThread().interrupt();
        Scan scan = executor.run(SCAN, permit, failure -> {});
        assertTrue(Thread.interrupted());
        assertEquals(ScanState.INTERRUPTED, scan.state());
        held.run();
        assertEndedOnce(executor, ScanState.INTERRUPTED);
    }

    @Test
    void scanIsCountedOnceIfItsCallerIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ScanExecutor executor = executor(
                (id, target, progress) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new ScanException(ScanFailureReason.INTERRUPTED, "interrupted");
                    }
                    throw new IllegalStateException();
                },
                threads);
        ScanPermit permit = queue.acquire("caller");
        AtomicReference<Scan> scan = new AtomicReference<>();
        Thread caller = new Thread(() -> scan.set(executor.run(SCAN, permit, failure -> {})));
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertEquals(ScanState.INTERRUPTED, scan.get().state());
        threads.shutdown();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        assertEndedOnce(executor, ScanState.INTERRUPTED);
    }

    @Test
    void interruptedThreadStoresTheResultOfItsScan() {
        ScanExecutor executor = executor(
                (id, target, progress) -> {
                    Thread.currentThread().interrupt();
                    return DocumentedExamples.report();
                },
                threads);
        Scan scan = executor.run(SCAN, queue.acquire("caller"), failure -> {});
        assertEquals(ScanState.DONE, scan.state());
        assertEndedOnce(executor, ScanState.DONE);
    }

    @Test
    void threadThatIsInterruptedWhileItStoresAResultStoresIt() {
        store.interruptNextWrite = true;
        ScanExecutor executor = executor((id, target, progress) -> DocumentedExamples.report(), threads);
        Scan scan = executor.run(SCAN, queue.acquire("caller"), failure -> {});
        assertEquals(ScanState.DONE, scan.state());
        assertEndedOnce(executor, ScanState.DONE);
    }

    @Test
    void threadThatIsInterruptedWhileItStoresAFailureStoresIt() {
        store.interruptNextWrite = true;
        ScanExecutor executor = executor(
                (id, target, progress) -> {
                    throw new ScanException(ScanFailureReason.UNREACHABLE, "no response");
                },
                threads);
        Scan scan = executor.run(SCAN, queue.acquire("caller"), failure -> {});
        assertEquals(ScanState.FAILED, scan.state());
        assertEndedOnce(executor, ScanState.FAILED);
    }

    @Test
    void scanIsInterruptedIfTheServerHasStopped() throws Exception {
        AtomicInteger scans = new AtomicInteger();
        ScanExecutor executor = executor(
                (id, target, progress) -> {
                    scans.incrementAndGet();
                    return DocumentedExamples.report();
                },
                threads);
        ScanPermit permit = queue.acquire("caller");
        executor.destroy();
        assertEquals(
                ScanState.INTERRUPTED, executor.run(SCAN, permit, failure -> {}).state());
        assertEndedOnce(executor, ScanState.INTERRUPTED);
        assertEquals(0, scans.get());
    }

    /** The number of threads of a container is limited. */
    @Test
    void permitIsReleasedIfNoThreadCanBeCreated() {
        ExecutorService exhausted = new HeldThreads() {
            @Override
            public void execute(Runnable task) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        ScanExecutor executor = executor((id, target, progress) -> DocumentedExamples.report(), exhausted);
        ScanPermit permit = queue.acquire("caller");
        assertThrows(OutOfMemoryError.class, () -> executor.run(SCAN, permit, failure -> {}));
        assertEquals(0, queue.runningCount());
        assertEquals(Optional.empty(), executor.progress(SCAN.id()));
    }

    /** Fails for interrupted threads, as the connection pool does if no connection is idle. */
    private static final class InterruptSensitiveRepository extends ScanRepository {
        private final List<ScanState> states = new CopyOnWriteArrayList<>();
        private volatile boolean interruptNextWrite;

        private InterruptSensitiveRepository() {
            super(null, Clock.systemUTC());
        }

        @Override
        boolean markDone(String id, String run, StoredReport report) {
            write(ScanState.DONE);
            return true;
        }

        @Override
        void markFailed(String id, String run, ScanState state, ScanFailure failure) {
            write(state);
        }

        private void write(ScanState state) {
            if (interruptNextWrite) {
                interruptNextWrite = false;
                Thread.currentThread().interrupt();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new DataAccessResourceFailureException("interrupted during connection acquisition");
            }
            states.add(state);
        }
    }

    /** Starts no task until the test runs them. */
    private static class HeldThreads extends AbstractExecutorService {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() throws InterruptedException {
            Thread thread = new Thread(() -> tasks.forEach(Runnable::run));
            thread.start();
            thread.join();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
