package dev.websentry.server.scan;

import dev.websentry.server.error.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A stored scan without its results.
 *
 * @param accountId the owner; empty for an anonymous scan
 * @param url the URL as entered, trimmed
 * @param site the key of the site's history: the host, with the port if the URL contains one
 * @param gradeSummary the grade and score; present if and only if the scan is done
 * @param failure the reason if the scan failed or was interrupted
 * @param monitorId the monitor that requested the scan
 */
public record Scan(
        String id,
        Optional<String> accountId,
        String url,
        String site,
        ScanState state,
        Optional<GradeSummary> gradeSummary,
        Optional<ScanFailure> failure,
        Optional<String> monitorId,
        Instant createdAt) {

    public Scan {
        if (gradeSummary.isPresent() != (state == ScanState.DONE)) {
            throw new IllegalArgumentException(
                    "scan " + id + ": the state " + state + " does not match the grade " + gradeSummary);
        }
    }

    /** The state of a scan. */
    public enum ScanState {
        /** The scan is in the queue or runs. */
        RUNNING,
        DONE,
        FAILED,
        /** The server stopped or crashed before the scan was done. */
        INTERRUPTED;

        /** Returns the name that the database and the API use. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static ScanState parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** The grade and score of a scan. */
    public record GradeSummary(String grade, int score) {}

    /**
     * The reason why a scan has no results.
     *
     * @param message the error message that the caller sees
     */
    public record ScanFailure(ErrorCode code, String message) {}
}
