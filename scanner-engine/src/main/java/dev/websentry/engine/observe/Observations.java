package dev.websentry.engine.observe;

import dev.websentry.engine.target.Target;
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
public record Observations(
        Target target, Instant now, SiteObservations site, TlsObservations tls, DnsObservations dns) {}
