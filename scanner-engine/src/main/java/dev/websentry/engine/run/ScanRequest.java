package dev.websentry.engine.run;

import dev.websentry.engine.run.server.WebSentryServer;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run: what to scan, how, what it must meet, and where the reports go.
 *
 * @param targets at least one, no two alike
 * @param server does the scans instead of this machine, if there is one
 * @param recordings where what was seen is recorded, if anywhere
 * @param patience how long a target that does not answer is asked again, so that a fresh deployment may come up; zero for
 *     not at all
 * @param parallelism how many of them at once, 1 to {@link #MOST_AT_ONCE}
 * @param failOnError whether a scan that could not run fails the run
 */
public record ScanRequest(
        List<Target> targets,
        ScanOptions options,
        Optional<WebSentryServer> server,
        GateSettings gate,
        ReportFiles files,
        Optional<Recordings> recordings,
        Duration patience,
        int parallelism,
        boolean failOnError) {
    public static final int DEFAULT_PARALLELISM = 4;
    public static final int MOST_AT_ONCE = 64;

    public ScanRequest {
        targets = targets.stream().distinct().toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("nothing to scan");
        }
        if (parallelism < 1 || parallelism > MOST_AT_ONCE) {
            throw new IllegalArgumentException("parallelism is " + parallelism + ": expected 1 to " + MOST_AT_ONCE);
        }
    }

    /**
     * Understands texts; reads the files that they name and touches no network.
     *
     * @throws InvalidOptionException for the first text that cannot be used
     */
    public static ScanRequest of(OptionTexts texts) throws InvalidOptionException {
        return new OptionReader(texts).request();
    }
}
