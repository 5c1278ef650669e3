package dev.websentry.server.scan;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets running scans end when the server is stopped, at the same time as the web server lets requests end and within the same
 * grace ({@code spring.lifecycle.timeout-per-shutdown-phase}). What is not done then is cut off by {@link ScanRuns}.
 */
@Component
class ScanLifecycle implements SmartLifecycle {
    private final ScanRuns runs;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean open = new AtomicBoolean();

    ScanLifecycle(ScanRuns runs) {
        this.runs = runs;
    }

    @Override
    public void start() {
        running.set(true);
        open.set(true);
    }

    /** Whether new scans are let in. */
    boolean isOpen() {
        return open.get();
    }

    @Override
    public void stop(Runnable done) {
        open.set(false);
        runs.places().close(() -> {
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
