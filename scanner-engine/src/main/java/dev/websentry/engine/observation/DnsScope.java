package dev.websentry.engine.observation;

import java.util.List;
import java.util.Optional;

/**
 * The names that the DNS queries of a scan are about.
 *
 * @param host the requested host if it is in the public DNS; empty for an IP address, a single label or a
 *     special-use name
 * @param mailDomain the domain whose email authentication is checked: as configured, else the organizational
 *     domain of the host
 * @param dkimSelectors the configured DKIM selectors; if empty, common selectors are tried
 * @param controlSelector a random DKIM selector, which exists only if the domain has a wildcard record
 */
public record DnsScope(
        Optional<String> host, Optional<String> mailDomain, List<String> dkimSelectors, String controlSelector) {
    /** No names. */
    public static final DnsScope NONE = new DnsScope(Optional.empty(), Optional.empty(), List.of(), "");

    public DnsScope {
        dkimSelectors = List.copyOf(dkimSelectors);
    }
}
