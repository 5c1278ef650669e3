package dev.websentry.server.scan;

import dev.websentry.server.answer.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A scan as it is stored, without its results.
 *
 * @param accountId whose it is; empty for an anonymous one
 * @param url as it was given, trimmed
 * @param site what a site's history goes by: the host, with its port where one was typed
 * @param verdict there when, and only when, the scan is done
 * @param failure there when it has failed or was interrupted
 * @param monitorId the monitor that asked for it
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
            throw new IllegalArgumentException("scan " + id + " is " + state + " and has " + verdict);
        }
    }

    /** How far a scan is. */
    public enum State {
        /** It waits for a place or runs. */
        RUNNING,
        DONE,
        FAILED,
        /** The server stopped, or died, before it was done. */
        INTERRUPTED;

        /** As it is stored and shown. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** What a scan came to. */
    public record Verdict(String grade, int score) {}

    /**
     * Why there is no verdict.
     *
     * @param message for the one who asked
     */
    public record Failure(ErrorCode code, String message) {}
}
