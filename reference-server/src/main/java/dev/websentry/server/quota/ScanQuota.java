package dev.websentry.server.quota;

import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Instant;

/**
 * The scan quota of a caller in the current period.
 *
 * @param counterKey the usage counter
 * @param limit maximum number of scans in the period
 * @param resetsAt start of the next period
 */
public record ScanQuota(UsageCounterKey counterKey, int limit, Instant resetsAt) {}
