package dev.websentry.server.usage;

import dev.websentry.server.usage.Counters.Counted;
import java.time.Instant;

/**
 * The scan quota of a caller in the current period.
 *
 * @param counted the usage counter
 * @param limit maximum number of scans in the period
 * @param resetsAt start of the next period
 */
public record Allowance(Counted counted, int limit, Instant resetsAt) {}
