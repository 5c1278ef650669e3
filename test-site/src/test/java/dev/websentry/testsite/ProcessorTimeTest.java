package dev.websentry.testsite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessorTimeTest {
    @Test
    void resultIsReturned() {
        assertEquals("done", ProcessorTime.limit(Duration.ofSeconds(30), () -> "done"));
    }

    @Test
    void codeThatComputesForEverFails() {
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> ProcessorTime.limit(Duration.ofMillis(20), (Runnable) () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }));
        assertTrue(String.valueOf(error.getMessage()).contains("processor time"), error.getMessage());
    }

    @Test
    void failureOfTheCodeIsTheCause() {
        IllegalStateException failure = new IllegalStateException("broken");
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> ProcessorTime.limit(Duration.ofSeconds(30), (Runnable) () -> {
                    throw failure;
                }));
        assertEquals(failure, error.getCause());
    }
}
