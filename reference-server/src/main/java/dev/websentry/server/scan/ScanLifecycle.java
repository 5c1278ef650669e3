package dev.websentry.server.scan;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits for running scans when the server stops, in the same shutdown phase as the web server waits for requests and
 * with the same grace period ({@code spring.lifecycle.timeout-per-shutdown-phase}). {@link ScanExecutor} interrupts scans
 * that still run after it.
 */
@Component
class ScanLifecycle implements SmartLifecycle {
    private final ScanExecutor executor;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean open = new AtomicBoolean();

    ScanLifecycle(ScanExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void start() {
        running.set(true);
        open.set(true);
    }

    /** Returns true if new scans are accepted. */
    boolean isAcceptingScans() {
        return open.get();
    }

    @Override
    public void stop(Runnable done) {
        open.set(false);
        executor.queue().close(() -> {
            running.set(false);
            done.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
