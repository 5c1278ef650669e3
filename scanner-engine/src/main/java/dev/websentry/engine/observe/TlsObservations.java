package dev.websentry.engine.observe;

/**
 * What TLS probes showed of the requested host.
 *
 * @param answered whether any address answered a ClientHello with a ServerHello
 */
public record TlsObservations(boolean answered) {}
