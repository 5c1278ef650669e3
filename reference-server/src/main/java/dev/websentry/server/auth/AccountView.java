package dev.websentry.server.auth;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The JSON representation of an account for its owner.
 *
 * @param createdAt in UTC, truncated to seconds
 * @param limits limits of the plan and their current usage
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AccountView(String email, String plan, boolean isAdmin, String createdAt, AccountLimits limits) {

    /** The limits of an account. */
    public record AccountLimits(UsageLimit scans, UsageLimit monitors) {}

    /**
     * A limit and its current usage.
     *
     * @param limit null if unlimited
     * @param used number that counts toward the limit
     * @param left remaining number; null if unlimited
     * @param resetsAt time in UTC at which the usage is reset to zero; null if never
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record UsageLimit(
            @Nullable Integer limit,
            int used,
            @Nullable Integer left,
            @Nullable String resetsAt) {}
}
