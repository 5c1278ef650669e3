package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionScansTest {
    private final AtomicInteger count = new AtomicInteger();

    private static Object settings(String url, String directory) {
        return new RawOptions(Option::key)
                .set(Option.URL, url)
                .set(Option.OUTPUT_DIRECTORY, directory)
                .settings();
    }

    private JobResult scan() {
        count.incrementAndGet();
        return new JobResult(List.of());
    }

    @Test
    void equalSettingsScanOnceForEachSession() throws Exception {
        Object session = new Object();
        assertFalse(SessionScans.of(session)
                .run(settings("a.test", "a/target"), this::scan)
                .reused());
        assertTrue(SessionScans.of(session)
                .run(settings("a.test", "b/target"), this::scan)
                .reused());
        assertFalse(SessionScans.of(session)
                .run(settings("b.test", "a/target"), this::scan)
                .reused());
        assertFalse(SessionScans.of(new Object())
                .run(settings("a.test", "a/target"), this::scan)
                .reused());
        assertEquals(3, count.get());
    }

    /** Maven's -T builds modules concurrently: the other module waits for the running scan. */
    @Test
    void concurrentModulesScanOnce() throws Exception {
        Object session = new Object();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<SessionScans.SessionResult>> results = new ArrayList<>();
            results.add(pool.submit(() -> SessionScans.of(session).run("settings", () -> {
                started.countDown();
                finish.await();
                return scan();
            })));
            started.await();
            results.add(pool.submit(() -> SessionScans.of(session).run("settings", this::scan)));
            finish.countDown();
            assertFalse(results.get(0).get().reused());
            assertTrue(results.get(1).get().reused());
            assertEquals(1, count.get());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anErrorIsTheErrorOfEveryModule() {
        Object session = new Object();
        for (int module = 0; module < 2; module++) {
            IOException error = assertThrows(
                    IOException.class,
                    () -> SessionScans.of(session).run("settings", () -> {
                        throw new IOException("disk " + count.incrementAndGet());
                    }));
            assertEquals("disk 1", error.getMessage());
        }
    }
}
