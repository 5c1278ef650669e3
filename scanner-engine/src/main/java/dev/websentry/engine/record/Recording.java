package dev.websentry.engine.record;

import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.report.Versions;
import java.time.Duration;

/**
 * What one scan saw, and who looked.
 *
 * @param engineVersion of the program that scanned
 * @param scoringVersion of the rules by which that program judged
 * @param duration how long it looked
 */
public record Recording(String engineVersion, int scoringVersion, Duration duration, Observations observations) {
    /**
     * Of the file's shape. It is raised, and {@link RecordingReader} taught to read the older shape, when a released engine
     * has written files that would otherwise no longer be understood.
     */
    public static final int VERSION = 1;

    /** How the names of such files end. */
    public static final String ENDING = ".observations.json";

    private static final int LONGEST_VERSION = 100;

    public Recording {
        if (engineVersion.length() > LONGEST_VERSION) {
            throw new IllegalArgumentException("no engine's version has " + engineVersion.length() + " characters");
        }
    }

    /** What this engine saw. */
    public static Recording of(Observations seen, Duration duration) {
        Versions versions = Versions.current();
        return new Recording(versions.engine(), versions.scoring(), duration, seen);
    }
}
