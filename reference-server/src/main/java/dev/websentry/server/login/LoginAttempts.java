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
 * How often a password may be tried: by account, whether or not there is such an account, and by address. An attempt
 * counts before it is looked at, so that parallel ones count as well, and is taken back if it was right.
 */
@Component
class LoginAttempts {
    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 30;
    static final int SIGNUPS_PER_ADDRESS = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    private final Counters counters;
    private final Clock clock;

    LoginAttempts(Counters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @throws ApiException 429, when there were too many
     */
    Attempt begin(Email email, ClientAddress address) {
        // A digest: what somebody typed into the wrong field must not lie in the database.
        Counted account = counted("login-account:" + Tokens.sha256(email.text()), WINDOW);
        Counted source = counted("login-address:" + address.subject(), WINDOW);
        take(source, PER_ADDRESS, WINDOW, "Too many attempts to log in. Try again later.");
        take(account, PER_ACCOUNT, WINDOW, "Too many attempts to log in. Try again later.");
        return new Attempt(account, source);
    }

    void succeeded(Attempt attempt) {
        counters.forget(attempt.account());
        counters.giveBack(attempt.address());
    }

    /**
     * Counts a new account.
     *
     * @throws ApiException 429, when there were too many
     */
    void signup(ClientAddress address) {
        Counted source = counted("signup-address:" + address.subject(), DAY);
        take(source, SIGNUPS_PER_ADDRESS, DAY, "Too many new accounts from this address. Try again later.");
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

    /** One attempt, as it was counted. */
    record Attempt(Counted account, Counted address) {}
}
