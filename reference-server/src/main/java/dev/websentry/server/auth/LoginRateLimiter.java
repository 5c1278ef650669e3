package dev.websentry.server.auth;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Limits the rate of login attempts by account and by client address, whether or not the account exists. An attempt is
 * counted before the password is checked, so that parallel attempts count, too. A successful attempt is not counted.
 */
@Component
class LoginRateLimiter {
    static final int MAX_ATTEMPTS_PER_ACCOUNT = 10;
    static final int MAX_ATTEMPTS_PER_ADDRESS = 30;
    static final int MAX_SIGNUPS_PER_ADDRESS = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOO_MANY_ATTEMPTS = "Too many login attempts. Try again later.";

    private final UsageCounterRepository counters;
    private final Clock clock;

    LoginRateLimiter(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Counts a login attempt.
     *
     * @return the attempt, to pass to {@link #recordSuccess} if the password is correct
     * @throws ApiException 429 if a limit is exceeded
     */
    LoginAttempt recordAttempt(Email email, ClientAddress address) {
        // A digest, because a user may have typed a password into the e-mail field.
        UsageCounterKey account = counted("login-account:" + SecureTokens.sha256Hex(email.text()), WINDOW);
        UsageCounterKey source = counted("login-address:" + address.rateLimitKey(), WINDOW);
        take(source, MAX_ATTEMPTS_PER_ADDRESS, WINDOW, TOO_MANY_ATTEMPTS);
        take(account, MAX_ATTEMPTS_PER_ACCOUNT, WINDOW, TOO_MANY_ATTEMPTS);
        return new LoginAttempt(account, source);
    }

    /** Resets the count of the account and takes the attempt back from the count of the address. */
    void recordSuccess(LoginAttempt attempt) {
        counters.delete(attempt.account());
        counters.decrement(attempt.address());
    }

    /**
     * Counts a sign-up.
     *
     * @throws ApiException 429 if the limit of the address is exceeded
     */
    void recordSignup(ClientAddress address) {
        UsageCounterKey source = counted("signup-address:" + address.rateLimitKey(), DAY);
        take(source, MAX_SIGNUPS_PER_ADDRESS, DAY, "Too many new accounts from this IP address. Try again later.");
    }

    private void take(UsageCounterKey counted, int limit, Duration window, String message) {
        Instant end = Instant.ofEpochMilli((clock.millis() / window.toMillis() + 1) * window.toMillis());
        if (!counters.tryIncrement(counted, limit, end)) {
            throw ApiException.rateLimited(message, Duration.between(clock.instant(), end));
        }
    }

    private UsageCounterKey counted(String subject, Duration window) {
        return new UsageCounterKey(subject, Long.toString(clock.millis() / window.toMillis()));
    }

    /** The two counters that an attempt has incremented. */
    record LoginAttempt(UsageCounterKey account, UsageCounterKey address) {}
}
