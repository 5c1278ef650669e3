package dev.websentry.server.token;

import java.time.Instant;
import java.util.Optional;

/**
 * A valid single-use token, without its secret.
 *
 * @param accountId the account that it belongs to; empty for an invitation, whose account does not exist yet
 * @param email the address that the token was sent to
 * @param details data of the purpose, such as the plan of an invitation; may be empty
 */
public record SingleUseToken(
        TokenPurpose purpose, Optional<String> accountId, String email, String details, Instant expiresAt) {}
