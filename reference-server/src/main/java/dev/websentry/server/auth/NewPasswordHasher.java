package dev.websentry.server.auth;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.error.ApiException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Judges and hashes the new password of an account. */
@Component
public class NewPasswordHasher {
    private final PasswordEncoder passwords;
    private final LoginRateLimiter limiter;

    NewPasswordHasher(PasswordEncoder passwords, LoginRateLimiter limiter) {
        this.passwords = passwords;
        this.limiter = limiter;
    }

    /**
     * Returns the hash of a new password.
     *
     * @param address the client, whose number of new passwords is limited because judging them costs processor time
     * @throws ApiException 400 if the password is too short, too long or easy to guess, 429 if there were too many
     */
    public String hash(String password, Email email, ClientAddress address) {
        AuthenticationService.requireValid(() -> PasswordPolicy.requireValidLength(password));
        limiter.recordPasswordCheck(address);
        AuthenticationService.requireValid(() -> PasswordPolicy.requireAcceptable(password, email));
        return String.valueOf(passwords.encode(password));
    }
}
