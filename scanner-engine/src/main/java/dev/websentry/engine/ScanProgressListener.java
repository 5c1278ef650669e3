package dev.websentry.engine;

import java.time.Duration;

/**
 * Listens to the progress of a scan. The methods are called from several threads, but never concurrently for the same
 * stage of the same scan. Implementations must return quickly and must not throw.
 */
public interface ScanProgressListener {
    /** Ignores all events. */
    ScanProgressListener NONE = new ScanProgressListener() {};

    /** The stages of a scan that take time. Stages can overlap. */
    enum ScanStage {
        ADDRESSES("addresses"),
        SITE("site"),
        TLS("TLS"),
        DNS("DNS"),
        JUDGING("judging");

        private final String label;

        ScanStage(String label) {
            this.label = label;
        }

        /** Returns the display name. */
        public String label() {
            return label;
        }
    }

    /**
     * Called when a stage starts.
     *
     * @param stage the stage
     */
    default void stageStarted(ScanStage stage) {}

    /**
     * Called when a stage ends, also when it failed.
     *
     * @param stage the stage
     * @param took how long the stage took
     */
    default void stageFinished(ScanStage stage, Duration took) {}
}
