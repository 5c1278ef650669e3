package dev.websentry.engine.observation;

import dev.websentry.engine.config.Target;
import java.time.Instant;
import java.util.List;

/**
 * All observations of one scan. Checks depend only on these.
 *
 * @param target the scanned site
 * @param now when the scan began; certificate dates are evaluated against it
 * @param site the HTTP observations
 * @param tls the TLS observations
 * @param dns the DNS observations
 * @param refusedConnections the connections that the address policy forbade, sorted
 */
public record ScanObservations(
        Target target,
        Instant now,
        SiteObservations site,
        TlsObservations tls,
        DnsObservations dns,
        List<RefusedConnection> refusedConnections) {
    public ScanObservations {
        refusedConnections = List.copyOf(refusedConnections);
    }

    /** Creates the observations of a scan in which no connection was forbidden. */
    public ScanObservations(
            Target target, Instant now, SiteObservations site, TlsObservations tls, DnsObservations dns) {
        this(target, now, site, tls, dns, List.of());
    }
}
