package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptOnShutdownTest {
    @Test
    void exitInterruptsTheGoalAndWaitsForItsEnd() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CompletableFuture<InterruptOnShutdown> begun = new CompletableFuture<>();
        Thread goal = new Thread(() -> {
            try (InterruptOnShutdown stop = InterruptOnShutdown.register(Duration.ofSeconds(25))) {
                begun.complete(stop);
                waitForInterrupt();
                order.add("goal ended");
            }
        });
        goal.start();
        begun.get().interruptGoal();
        order.add("exit");
        goal.join();
        assertEquals(List.of("goal ended", "exit"), order);
    }

    private static void waitForInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Expected.
        }
    }

    @Test
    void goalThatIgnoresInterruptsDelaysTheExitOnlyBriefly() throws Exception {
        CompletableFuture<InterruptOnShutdown> begun = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread goal = new Thread(() -> {
            try (InterruptOnShutdown stop = InterruptOnShutdown.register(Duration.ofMillis(50))) {
                begun.complete(stop);
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
        });
        goal.start();
        begun.get().interruptGoal();
        assertTrue(goal.isAlive());
        end.countDown();
        goal.join();
    }

    @Test
    void closeRemovesTheHook() {
        InterruptOnShutdown stop = InterruptOnShutdown.register();
        stop.close();
        stop.close();
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
