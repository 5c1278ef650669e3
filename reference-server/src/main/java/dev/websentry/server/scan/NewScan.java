package dev.websentry.server.scan;

import dev.websentry.engine.target.Target;
import dev.websentry.server.token.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scan that is about to be let in.
 *
 * @param run a random name of this attempt: the row belongs to the attempt that wrote its name last
 * @param accountId whose it is; null for an anonymous one
 * @param dueAt the trigger that a monitor's scan answers
 */
record NewScan(
        String id,
        String run,
        Target target,
        @Nullable String accountId,
        @Nullable String monitorId,
        @Nullable Instant dueAt,
        Instant createdAt) {

    static NewScan of(Target target, @Nullable String accountId, Instant now) {
        return new NewScan(Tokens.id(), Tokens.id(), target, accountId, null, null, now);
    }

    static NewScan of(Target target, MonitorScan asked, Instant now) {
        return new NewScan(
                Tokens.id(),
                Tokens.id(),
                target,
                asked.accountId(),
                asked.monitorId(),
                asked.dueAt().orElse(null),
                now);
    }

    NewScan withId(String known) {
        return new NewScan(known, run, target, accountId, monitorId, dueAt, createdAt);
    }

    /** By what a site's history goes. */
    String site() {
        String host = target.host().inUrl();
        return target.explicitPort().isPresent()
                ? host + ":" + target.explicitPort().getAsInt()
                : host;
    }
}
