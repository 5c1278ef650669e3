package dev.websentry.engine.job;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.remote.RemoteServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request to scan one or more targets.
 *
 * @param targets the targets; at least one, duplicates are removed
 * @param options the options of all scans
 * @param server the remote server that scans instead of this machine, if there is one
 * @param gate the quality gate that the reports must pass
 * @param files where the reports are written
 * @param recordingDestination where the recordings are written; empty for none
 * @param waitTimeout how long to retry a target that does not respond, for deployments that are still starting; zero
 *     for no retries
 * @param parallelism the number of concurrent scans, 1 to {@link #MAX_PARALLELISM}
 * @param failOnError whether a scan that could not run fails the build
 */
public record ScanRequest(
        List<Target> targets,
        ScanOptions options,
        Optional<RemoteServer> server,
        GateSettings gate,
        ReportFiles files,
        Optional<RecordingDestination> recordingDestination,
        Duration waitTimeout,
        int parallelism,
        boolean failOnError) {
    /** The default number of concurrent scans. */
    public static final int DEFAULT_PARALLELISM = 4;

    public static final int DEFAULT_WAIT_SECONDS = 0;
    public static final boolean DEFAULT_FAIL_ON_ERROR = true;
    /** The maximum number of concurrent scans. */
    public static final int MAX_PARALLELISM = 64;

    public ScanRequest {
        targets = targets.stream().distinct().toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("nothing to scan");
        }
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new IllegalArgumentException("invalid parallelism " + parallelism + "; use 1 to " + MAX_PARALLELISM);
        }
    }

    /**
     * Parses options and reads the files that they refer to. Does not use the network.
     *
     * @throws InvalidOptionException for the first invalid option
     */
    public static ScanRequest parse(RawOptions texts) throws InvalidOptionException {
        return new ScanRequestParser(texts).parse();
    }
}
