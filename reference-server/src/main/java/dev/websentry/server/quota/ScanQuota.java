package dev.websentry.server.quota;

import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The scan quota of a caller in the current period.
 *
 * @param counterKey the usage counter
 * @param limit maximum number of scans in the period
 * @param resetsAt start of the next period
 * @param addressKey a second counter that also counts the scan, for accounts on the free plan; empty for other callers
 */
public record ScanQuota(
        UsageCounterKey counterKey, int limit, Instant resetsAt, Optional<UsageCounterKey> addressKey) {}
