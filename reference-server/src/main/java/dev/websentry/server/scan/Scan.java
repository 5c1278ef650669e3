package dev.websentry.server.scan;

import dev.websentry.server.answer.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A stored scan without its results.
 *
 * @param accountId the owner; empty for an anonymous scan
 * @param url the URL as entered, trimmed
 * @param site the key of the site's history: the host, with the port if the URL contains one
 * @param verdict the grade and score; present if and only if the scan is done
 * @param failure the reason if the scan failed or was interrupted
 * @param monitorId the monitor that requested the scan
 */
public record Scan(
        String id,
        Optional<String> accountId,
        String url,
        String site,
        State state,
        Optional<Verdict> verdict,
        Optional<Failure> failure,
        Optional<String> monitorId,
        Instant createdAt) {

    public Scan {
        if (verdict.isPresent() != (state == State.DONE)) {
            throw new IllegalArgumentException(
                    "scan " + id + ": the state " + state + " does not match the grade " + verdict);
        }
    }

    /** The state of a scan. */
    public enum State {
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

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** The grade and score of a scan. */
    public record Verdict(String grade, int score) {}

    /**
     * The reason why a scan has no results.
     *
     * @param message the error message that the caller sees
     */
    public record Failure(ErrorCode code, String message) {}
}
