package dev.websentry.engine.gate;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A waiver: accepts the finding of one check until a date.
 *
 * @param checkId the id of the check whose finding is accepted
 * @param host the only host that the waiver applies to; empty for all hosts
 * @param reason why the finding is accepted; shown in reports
 * @param until the last day on which the waiver is valid, in UTC
 */
public record Waiver(String checkId, Optional<String> host, String reason, LocalDate until) {
    boolean appliesTo(String scannedHost) {
        return host.map(name -> name.equalsIgnoreCase(scannedHost)).orElse(true);
    }

    boolean isExpired(LocalDate today) {
        return today.isAfter(until);
    }

    /** Returns check id and host, for messages. */
    String label() {
        return checkId + host.map(name -> " on " + name).orElse("");
    }
}
