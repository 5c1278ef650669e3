package dev.websentry.server.login;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.token.Tokens;
import dev.websentry.server.usage.Counters;
import dev.websentry.server.usage.Counters.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Limits the rate of login attempts by account and by client address, whether or not the account exists. An attempt is
 * counted before the password is checked, so that parallel attempts count, too. A successful attempt is not counted.
 */
@Component
class LoginAttempts {
    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 30;
    static final int SIGNUPS_PER_ADDRESS = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOO_MANY_ATTEMPTS = "Too many login attempts. Try again later.";

    private final Counters counters;
    private final Clock clock;

    LoginAttempts(Counters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Counts a login attempt.
     *
     * @return the attempt, to pass to {@link #succeeded} if the password is correct
     * @throws ApiException 429 if a limit is exceeded
     */
    Attempt begin(Email email, ClientAddress address) {
        // A digest, because a user may have typed a password into the e-mail field.
        Counted account = counted("login-account:" + Tokens.sha256(email.text()), WINDOW);
        Counted source = counted("login-address:" + address.subject(), WINDOW);
        take(source, PER_ADDRESS, WINDOW, TOO_MANY_ATTEMPTS);
        take(account, PER_ACCOUNT, WINDOW, TOO_MANY_ATTEMPTS);
        return new Attempt(account, source);
    }

    /** Resets the count of the account and takes the attempt back from the count of the address. */
    void succeeded(Attempt attempt) {
        counters.forget(attempt.account());
        counters.giveBack(attempt.address());
    }

    /**
     * Counts a sign-up.
     *
     * @throws ApiException 429 if the limit of the address is exceeded
     */
    void signup(ClientAddress address) {
        Counted source = counted("signup-address:" + address.subject(), DAY);
        take(source, SIGNUPS_PER_ADDRESS, DAY, "Too many new accounts from this IP address. Try again later.");
    }

    private void take(Counted counted, int limit, Duration window, String message) {
        Instant end = Instant.ofEpochMilli((clock.millis() / window.toMillis() + 1) * window.toMillis());
        if (!counters.take(counted, limit, end)) {
            throw ApiException.rateLimited(message, Duration.between(clock.instant(), end));
        }
    }

    private Counted counted(String subject, Duration window) {
        return new Counted(subject, Long.toString(clock.millis() / window.toMillis()));
    }

    /** The two counters that an attempt has incremented. */
    record Attempt(Counted account, Counted address) {}
}
