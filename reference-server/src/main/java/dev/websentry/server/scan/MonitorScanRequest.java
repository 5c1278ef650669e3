package dev.websentry.server.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * A scan that a monitor requests.
 *
 * @param dueAt the scheduled time of the scan; empty for the initial scan, which the owner waits for
 */
public record MonitorScanRequest(String accountId, String monitorId, String url, Optional<Instant> dueAt) {}
