package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskScopeTest {
    private final ExecutorService pool = TaskScope.newPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void resultsHaveTheOrderOfTheInputs() {
        try (TaskScope tasks = new TaskScope(pool)) {
            List<Integer> inputs = IntStream.range(0, 500).boxed().toList();
            assertEquals(inputs.stream().map(i -> i * i).toList(), tasks.mapConcurrently(inputs, i -> i * i));
        }
    }

    @Test
    void tasksThatStartTasksDoNotDeadlock() {
        try (TaskScope tasks = new TaskScope(pool)) {
            List<Integer> many = IntStream.range(0, 40).boxed().toList();
            List<Integer> sums = tasks.mapConcurrently(
                    many,
                    i -> tasks.mapConcurrently(many, j -> i + j).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
            assertEquals(40 * 39 / 2, sums.get(0));
        }
    }

    @Test
    void closingInterruptsRunningTasks() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TaskScope tasks = new TaskScope(pool)) {
            CompletableFuture<Object> endless = tasks.start(() -> {
                begun.countDown();
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
            });
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            assertEquals(false, endless.isDone());
        }
        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    }

    /** A task that ignores its interrupt must not start work that outlives the scan. */
    @Test
    void aClosedScopeStartsNoTask() {
        TaskScope tasks = new TaskScope(pool);
        tasks.close();
        AtomicBoolean started = new AtomicBoolean();
        CompletableFuture<Boolean> late = tasks.start(() -> started.getAndSet(true));
        assertThrows(TaskScope.ScanCancelledException.class, () -> TaskScope.join(late));
        assertFalse(started.get());
    }

    @Test
    void joinFailsIfTheScopeIsClosedMeanwhile() {
        TaskScope tasks = new TaskScope(pool);
        CompletableFuture<Boolean> endless = tasks.start(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
        tasks.close();
        assertThrows(TaskScope.ScanCancelledException.class, () -> TaskScope.join(endless));
    }

    @Test
    void aTaskOfAPoolThatIsShutDownIsCancelled() {
        try (TaskScope tasks = new TaskScope(pool)) {
            pool.shutdownNow();
            CompletableFuture<Boolean> late = tasks.start(() -> true);
            assertThrows(TaskScope.ScanCancelledException.class, () -> TaskScope.join(late));
        }
    }

    @Test
    void joinRethrowsTheFailure() {
        try (TaskScope tasks = new TaskScope(pool)) {
            CompletableFuture<Object> failing = tasks.start(() -> {
                throw new IllegalArgumentException("on purpose");
            });
            assertEquals(
                    "on purpose",
                    assertThrows(IllegalArgumentException.class, () -> TaskScope.join(failing))
                            .getMessage());
        }
    }

    @Test
    void joinFailsWhenTheCallerIsInterrupted() {
        try (TaskScope tasks = new TaskScope(pool)) {
            CompletableFuture<Boolean> endless = tasks.start(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
            Thread.currentThread().interrupt();
            assertThrows(TaskScope.ScanCancelledException.class, () -> TaskScope.join(endless));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aDeadlineIsNeverExtended() {
        Deadline soon = Deadline.in(Duration.ofMillis(50));
        assertTrue(soon.within(Duration.ofHours(1)).remaining().toMillis() <= 50);
        assertTrue(Deadline.in(Duration.ofHours(1)).within(Duration.ZERO).hasPassed());
        assertEquals(1, Deadline.in(Duration.ZERO).socketMillis());
    }
}
