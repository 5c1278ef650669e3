package dev.websentry.engine.observe;

/** What the DNS said of the host and its mail domain. */
public record DnsObservations() {}
