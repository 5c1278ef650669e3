package dev.websentry.engine.observe;

/**
 * What HTTP showed of the site.
 *
 * @param entry the requests by which the site was entered, to the final page; unknown when TLS answers but no HTTP client
 *     of this runtime can complete it
 */
public record SiteObservations(Observed<Chain> entry) {}
