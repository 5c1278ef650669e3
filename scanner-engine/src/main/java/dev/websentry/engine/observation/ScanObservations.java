package dev.websentry.engine.observation;

import dev.websentry.engine.config.Target;
import java.time.Instant;

/**
 * All observations of one scan. Checks depend only on these.
 *
 * @param target the scanned site
 * @param now when the scan began; certificate dates are evaluated against it
 * @param site the HTTP observations
 * @param tls the TLS observations
 * @param dns the DNS observations
 */
public record ScanObservations(
        Target target, Instant now, SiteObservations site, TlsObservations tls, DnsObservations dns) {}
