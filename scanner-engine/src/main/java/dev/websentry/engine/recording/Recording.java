package dev.websentry.engine.recording;

import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.ReportVersions;
import java.time.Duration;

/**
 * The observations of one scan and the engine that made them.
 *
 * @param engineVersion version of the engine that scanned
 * @param scoringVersion version of the scoring rules of that engine
 * @param duration duration of the scan
 * @param observations what the scan observed
 */
public record Recording(String engineVersion, int scoringVersion, Duration duration, ScanObservations observations) {
    /**
     * Version of the file format. A change that makes files of a released engine unreadable requires a new version, and
     * {@link RecordingReader} must then support the older one as well.
     */
    public static final int FORMAT_VERSION = 1;

    /** File name extension of recordings. */
    public static final String FILE_EXTENSION = ".observations.json";

    private static final int MAX_VERSION_LENGTH = 100;

    public Recording {
        if (engineVersion.length() > MAX_VERSION_LENGTH) {
            throw new IllegalArgumentException("engineVersion has " + engineVersion.length()
                    + " characters: expected at most " + MAX_VERSION_LENGTH);
        }
    }

    /**
     * Creates a recording of observations that this engine made.
     *
     * @param seen the observations
     * @param duration duration of the scan
     * @return the recording
     */
    public static Recording of(ScanObservations seen, Duration duration) {
        ReportVersions versions = ReportVersions.current();
        return new Recording(versions.engine(), versions.scoring(), duration, seen);
    }
}
