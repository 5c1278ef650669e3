package dev.websentry.server.token;

import java.time.Instant;
import java.util.Optional;

/**
 * A valid single-use token, without its secret.
 *
 * @param accountId the account that it belongs to; empty for an invitation, whose account does not exist yet
 * @param email the address that the token is for
 * @param details data of the purpose, such as the plan of an invitation; may be empty
 * @param isEmailed whether the token is only sent to the address, so that using it proves access to the mailbox; false
 *     if somebody else sees it and passes it on
 */
public record SingleUseToken(
        TokenPurpose purpose,
        Optional<String> accountId,
        String email,
        String details,
        boolean isEmailed,
        Instant expiresAt) {}
