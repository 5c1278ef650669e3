package dev.websentry.maven;

import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.JobResult;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The scans of a build session. An execution that modules inherit from a parent POM scans once: the first module scans,
 * the others wait for its result. Thread-safe, because modules may be built concurrently.
 */
final class SessionScans {
    /**
     * The scans by session. The keys are weak, because a Maven daemon runs many sessions in one JVM. Maven loads the
     * plugin once for a session, so that all modules see this map.
     */
    private static final Map<Object, SessionScans> SESSIONS = Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<Object, FutureTask<JobResult>> scans = new ConcurrentHashMap<>();

    /** Runs a scan. */
    interface Scan {
        JobResult run() throws InvalidOptionException, IOException, InterruptedException;
    }

    /**
     * The result of a scan.
     *
     * @param result the result
     * @param reused whether another module ran the scan
     */
    record SessionResult(JobResult result, boolean reused) {}

    /**
     * Returns the scans of a session.
     *
     * @param session an object that all modules of one build session share
     */
    static SessionScans of(Object session) {
        return SESSIONS.computeIfAbsent(session, key -> new SessionScans());
    }

    /**
     * Runs a scan, or waits for the result of an equal one.
     *
     * @param settings all settings of the scan
     * @param scan runs the scan
     */
    SessionResult run(Object settings, Scan scan) throws InvalidOptionException, IOException, InterruptedException {
        FutureTask<JobResult> own = new FutureTask<>(scan::run);
        FutureTask<JobResult> earlier = scans.putIfAbsent(settings, own);
        if (earlier == null) {
            own.run();
        }
        try {
            return new SessionResult((earlier == null ? own : earlier).get(), earlier != null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InvalidOptionException invalid) {
                throw invalid;
            }
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException("internal error of the scan", cause);
        }
    }
}
