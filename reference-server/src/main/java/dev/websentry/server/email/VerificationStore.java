package dev.websentry.server.email;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.quota.UsageCounterRepository;
import dev.websentry.server.token.SingleUseTokenRepository;
import org.springframework.stereotype.Component;

/** The tables that the verification of an address reads and writes. */
@Component
record VerificationStore(
        SingleUseTokenRepository tokens,
        EmailPreferenceRepository preferences,
        UsageCounterRepository counters,
        AccountRepository accounts) {}
