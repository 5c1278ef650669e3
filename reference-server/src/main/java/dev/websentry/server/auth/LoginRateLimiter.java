package dev.websentry.server.auth;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Limits the rate of login attempts, whether or not the account exists. No limit counts only the account, because
 * anyone could then lock its owner out: attempts are counted by client address, and by address and account. If many
 * addresses try one account, each address has fewer attempts. An attempt is counted before the password is checked, so
 * that parallel attempts count, too. A successful attempt is not counted. See ADR 65.
 */
@Component
class LoginRateLimiter {
    static final int MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT = 10;
    static final int MAX_ATTEMPTS_PER_ADDRESS = 30;

    /** Attempts at one account from all addresses after which it counts as attacked. */
    static final int MAX_ATTEMPTS_BEFORE_ATTACK = 50;

    static final int MAX_ATTEMPTS_PER_ADDRESS_DURING_ATTACK = 3;
    static final int MAX_CONFIRMATIONS_PER_SESSION = 10;
    static final int MAX_SIGNUPS_PER_ADDRESS = 10;
    static final int MAX_PASSWORD_CHECKS_PER_ADDRESS = 60;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    static final int MAX_RESET_REQUESTS_PER_ADDRESS = 10;
    static final int MAX_RESET_LINKS_PER_ACCOUNT = 3;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOO_MANY_ATTEMPTS = "Too many login attempts. Try again later.";

    private final UsageCounterRepository counters;
    private final Clock clock;

    LoginRateLimiter(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Counts a login attempt from a browser in which the user has logged in before. Only this browser is limited.
     *
     * @param device identifies the browser
     * @return the attempt, to pass to {@link #recordSuccess} if the password is correct
     * @throws ApiException 429 if the limit is exceeded
     */
    LoginAttempt recordAttempt(String device) {
        UsageCounterKey counted = counted("login-device:" + device, WINDOW);
        take(counted, MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT, WINDOW, TOO_MANY_ATTEMPTS);
        return new LoginAttempt(counted, counted, counted);
    }

    /**
     * Counts a login attempt.
     *
     * @return the attempt, to pass to {@link #recordSuccess} if the password is correct
     * @throws ApiException 429 if a limit is exceeded
     */
    LoginAttempt recordAttempt(Email email, ClientAddress address) {
        // Digests, because a user may have typed a password into the e-mail field.
        UsageCounterKey account = counted("login-account:" + Sha256.hex(email.text()), WINDOW);
        UsageCounterKey pair =
                counted("login-address-account:" + Sha256.hex(address.rateLimitKey() + " " + email.text()), WINDOW);
        UsageCounterKey source = counted("login-address:" + address.rateLimitKey(), WINDOW);
        boolean attacked = counters.used(account) >= MAX_ATTEMPTS_BEFORE_ATTACK;
        take(
                pair,
                attacked ? MAX_ATTEMPTS_PER_ADDRESS_DURING_ATTACK : MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT,
                WINDOW,
                TOO_MANY_ATTEMPTS);
        take(source, MAX_ATTEMPTS_PER_ADDRESS, WINDOW, TOO_MANY_ATTEMPTS);
        // Refuses nothing. The metric of exceeded limits shows that an account is attacked.
        boolean accountCounted = counters.tryIncrement(account, MAX_ATTEMPTS_BEFORE_ATTACK, end(WINDOW));
        return new LoginAttempt(pair, source, accountCounted ? account : pair);
    }

    /** Resets the count of the address and account and takes the attempt back from the other counts. */
    void recordSuccess(LoginAttempt attempt) {
        counters.decrement(attempt.account());
        counters.delete(attempt.pair());
        counters.decrement(attempt.address());
    }

    /**
     * Counts a check of the password of a logged-in user. Only this session is limited, so that attempts to log in
     * elsewhere do not prevent it.
     *
     * @return the counter, to pass to {@link #recordConfirmation} if the password is correct
     * @throws ApiException 429 if the limit of the session is exceeded
     */
    UsageCounterKey recordConfirmationAttempt(String sessionKey) {
        UsageCounterKey session = counted("password-session:" + sessionKey, WINDOW);
        take(session, MAX_CONFIRMATIONS_PER_SESSION, WINDOW, "Too many wrong passwords. Try again later.");
        return session;
    }

    /** Resets the count of a session. */
    void recordConfirmation(UsageCounterKey session) {
        counters.delete(session);
    }

    /**
     * Counts a new password that is about to be judged, which costs processor time.
     *
     * @throws ApiException 429 if the limit of the address is exceeded
     */
    void recordPasswordCheck(ClientAddress address) {
        UsageCounterKey source = counted("password-address:" + address.rateLimitKey(), HOUR);
        take(source, MAX_PASSWORD_CHECKS_PER_ADDRESS, HOUR, "Too many new passwords. Try again later.");
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

    /**
     * Counts a request for a reset link.
     *
     * @throws ApiException 429 if the limit of the client's address is exceeded
     */
    void recordResetRequest(ClientAddress address) {
        UsageCounterKey source = counted("reset-address:" + address.rateLimitKey(), HOUR);
        take(source, MAX_RESET_REQUESTS_PER_ADDRESS, HOUR, "Too many requests for a new password. Try again later.");
    }

    /**
     * Counts a reset link for an e-mail address, so that nobody can fill the mailbox of another user.
     *
     * @return false if the limit is exceeded, which the response must not reveal
     */
    boolean tryResetOf(Email email) {
        return counters.tryIncrement(
                counted("reset-account:" + Sha256.hex(email.text()), HOUR), MAX_RESET_LINKS_PER_ACCOUNT, end(HOUR));
    }

    private void take(UsageCounterKey counted, int limit, Duration window, String message) {
        Instant end = end(window);
        if (!counters.tryIncrement(counted, limit, end)) {
            throw ApiException.rateLimited(message, Duration.between(clock.instant(), end));
        }
    }

    private Instant end(Duration window) {
        return Instant.ofEpochMilli((clock.millis() / window.toMillis() + 1) * window.toMillis());
    }

    private UsageCounterKey counted(String subject, Duration window) {
        return new UsageCounterKey(subject, Long.toString(clock.millis() / window.toMillis()));
    }

    /**
     * The counters that an attempt has incremented.
     *
     * @param pair the counter of the address and the account
     * @param account the counter of the account; that of the pair if the account counts as attacked
     */
    record LoginAttempt(UsageCounterKey pair, UsageCounterKey address, UsageCounterKey account) {}
}
