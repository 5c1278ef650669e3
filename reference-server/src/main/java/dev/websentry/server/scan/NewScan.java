package dev.websentry.server.scan;

import dev.websentry.engine.config.Target;
import dev.websentry.server.token.SecureTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scan that is about to be stored and queued.
 *
 * @param runId the random id of this attempt; the row belongs to the attempt that wrote its id last
 * @param accountId the owner; null for an anonymous scan
 * @param monitorId the monitor that requested the scan; null for a scan that a caller requested
 * @param dueAt the scheduled time of a monitor scan; null for all other scans
 */
record NewScan(
        String id,
        String runId,
        Target target,
        @Nullable String accountId,
        @Nullable String monitorId,
        @Nullable Instant dueAt,
        Instant createdAt) {

    static NewScan of(Target target, @Nullable String accountId, Instant now) {
        return new NewScan(SecureTokens.newId(), SecureTokens.newId(), target, accountId, null, null, now);
    }

    static NewScan of(Target target, MonitorScanRequest request, Instant now) {
        return new NewScan(
                SecureTokens.newId(),
                SecureTokens.newId(),
                target,
                request.accountId(),
                request.monitorId(),
                request.dueAt().orElse(null),
                now);
    }

    /** Returns a copy with the id of an existing row, which this attempt takes over. */
    NewScan withId(String existing) {
        return new NewScan(existing, runId, target, accountId, monitorId, dueAt, createdAt);
    }

    /** Returns the key of the site's history: the host, with the port if the URL contains one. */
    String site() {
        String host = target.host().toUrlHost();
        return target.explicitPort().isPresent()
                ? host + ":" + target.explicitPort().getAsInt()
                : host;
    }
}
