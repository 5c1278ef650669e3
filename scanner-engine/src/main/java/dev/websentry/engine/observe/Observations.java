package dev.websentry.engine.observe;

import dev.websentry.engine.target.Target;
import java.time.Instant;

/**
 * All that one scan saw. Checks are functions of this alone.
 *
 * @param now when the scan began; certificate dates are judged against it
 */
public record Observations(
        Target target, Instant now, SiteObservations site, TlsObservations tls, DnsObservations dns) {}
