package dev.websentry.server.account;

import java.time.Instant;

/**
 * An account.
 *
 * @param email in lower case
 * @param credentials changes with the password and tells nothing of it; a session that was made under another value is
 *     over
 */
public record Account(
        String id, String email, Plan plan, boolean admin, boolean disabled, Instant createdAt, String credentials) {

    /** For logs: neither address nor credentials. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + plan.wire() + "]";
    }
}
