package dev.websentry.server.account;

import java.time.Instant;

/**
 * A user account.
 *
 * @param email in the spelling of {@link Email}
 * @param passwordFingerprint fingerprint of the password hash, which changes with the password but does not reveal it;
 *     a session that was created with a different value is no longer valid
 */
public record Account(
        String id,
        String email,
        Plan plan,
        boolean admin,
        boolean disabled,
        Instant createdAt,
        String passwordFingerprint) {

    /** Omits the e-mail address and the credentials, so that the text is safe to log. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + plan.wireName() + "]";
    }
}
