package dev.websentry.server.email;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.quota.HourlyLimiter;
import dev.websentry.server.token.SingleUseTokenRepository;
import org.springframework.stereotype.Component;

/** What the verification of an address reads and writes. */
@Component
record VerificationStore(
        SingleUseTokenRepository tokens,
        EmailPreferenceRepository preferences,
        HourlyLimiter limits,
        AccountRepository accounts,
        AuditLog audit) {}
