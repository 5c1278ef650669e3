package dev.websentry.server.login;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An account as its owner sees it.
 *
 * @param createdAt UTC, to the second
 * @param limits what its plan leaves
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AccountView(String email, String plan, boolean isAdmin, String createdAt, Limits limits) {

    /** By kind. */
    public record Limits(Limit scans, Limit monitors) {}

    /**
     * One limit.
     *
     * @param limit null: there is none
     * @param left null: as many as you like
     * @param resetsAt when the count begins anew, UTC; null: it does not
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Limit(
            @Nullable Integer limit,
            int used,
            @Nullable Integer left,
            @Nullable String resetsAt) {}
}
