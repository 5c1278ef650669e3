package dev.websentry.engine.gate;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A finding that somebody answers for until a day.
 *
 * @param checkId the check that is excused
 * @param host the one host it is excused on; empty: on every host
 * @param reason for whoever reads the report
 * @param until the last day, in UTC, on which it counts
 */
public record Waiver(String checkId, Optional<String> host, String reason, LocalDate until) {
    boolean isFor(String scannedHost) {
        return host.map(wanted -> wanted.equalsIgnoreCase(scannedHost)).orElse(true);
    }

    boolean hasExpired(LocalDate today) {
        return today.isAfter(until);
    }

    /** The waiver in a line that names it. */
    String label() {
        return checkId + host.map(name -> " on " + name).orElse("");
    }
}
