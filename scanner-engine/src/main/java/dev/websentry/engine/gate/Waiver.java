package dev.websentry.engine.gate;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A waiver: accepts the finding of one check until a date.
 *
 * @param checkId the id of the check whose finding is accepted
 * @param hosts the hosts that the waiver applies to, as in the DNS (A-labels); empty for all hosts
 * @param reason why the finding is accepted; shown in reports
 * @param until the last day on which the waiver is valid, in UTC
 */
public record Waiver(String checkId, List<String> hosts, String reason, LocalDate until) {
    public Waiver {
        hosts = hosts.stream().distinct().toList();
    }

    boolean appliesTo(String scannedHost) {
        return hosts.isEmpty() || hosts.stream().anyMatch(host -> host.equalsIgnoreCase(scannedHost));
    }

    boolean isExpired(LocalDate today) {
        return today.isAfter(until);
    }

    /**
     * Returns messages about hosts that no scan concerns, for example because they are misspelled.
     *
     * @param waivers the waivers
     * @param scanned the hosts of all scans, in lower case
     * @return one message for each host of a waiver that is not scanned
     */
    public static List<String> unmatchedHosts(List<Waiver> waivers, Set<String> scanned) {
        return waivers.stream()
                .flatMap(waiver -> waiver.hosts().stream()
                        .filter(host -> !scanned.contains(host.toLowerCase(Locale.ROOT)))
                        .map(host -> "the waiver for " + waiver.checkId() + " on " + host
                                + " matches none of the scanned URLs"))
                .toList();
    }

    /** Returns check id and hosts, for messages. */
    String label() {
        return checkId + (hosts.isEmpty() ? "" : " on " + String.join(", ", hosts));
    }
}
