package dev.websentry.server.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * A scan that a monitor asks for.
 *
 * @param dueAt the trigger that it answers; empty for the first scan, which the owner waits for
 */
public record MonitorScan(String accountId, String monitorId, String url, Optional<Instant> dueAt) {}
