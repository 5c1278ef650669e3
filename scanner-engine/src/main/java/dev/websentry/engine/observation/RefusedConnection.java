package dev.websentry.engine.observation;

/**
 * A connection that the scan did not open because the address policy forbids it.
 *
 * @param host the host in the URL that led there
 * @param address the IP address; the host if its address is unknown
 */
public record RefusedConnection(String host, String address) {}
