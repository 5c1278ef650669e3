package dev.websentry.engine;

import java.time.Duration;

/**
 * Told what a scan is doing. Called from several threads, one call at a time for one scan's stage; must return quickly and
 * must not throw.
 */
public interface Progress {
    /** Listens to nothing. */
    Progress NONE = new Progress() {};

    /** The parts of a scan that take time. They overlap. */
    enum Stage {
        ADDRESSES("addresses"),
        SITE("site"),
        TLS("TLS"),
        DNS("DNS"),
        JUDGING("judging");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        /** For a person to read. */
        public String label() {
            return label;
        }
    }

    default void started(Stage stage) {}

    default void finished(Stage stage, Duration took) {}
}
