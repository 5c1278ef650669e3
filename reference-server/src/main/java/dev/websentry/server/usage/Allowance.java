package dev.websentry.server.usage;

import dev.websentry.server.usage.Counters.Counted;
import java.time.Instant;

/**
 * How many scans a caller has in a period.
 *
 * @param limit in the period
 * @param resetsAt when the next period begins
 */
public record Allowance(Counted counted, int limit, Instant resetsAt) {}
