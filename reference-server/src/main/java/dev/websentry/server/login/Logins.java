package dev.websentry.server.login;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Passwords;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.settings.Settings;
import dev.websentry.server.settings.Settings.Signup;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Signing up, logging in, changing the password and leaving, for the API and for pages alike. */
@Service
public class Logins {
    private final AccountStore accounts;
    private final Passwords passwords;
    private final LoginAttempts attempts;
    private final SessionStore sessions;
    private final Settings settings;

    Logins(
            AccountStore accounts,
            Passwords passwords,
            LoginAttempts attempts,
            SessionStore sessions,
            Settings settings) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.settings = settings;
    }

    public boolean isSignupOpen() {
        return settings.signup() == Signup.OPEN;
    }

    /**
     * Makes an account.
     *
     * @throws ApiException 400, 403 or 429
     */
    public Account signUp(Credentials typed, ClientAddress address) {
        if (!isSignupOpen()) {
            throw ApiException.of(ErrorCode.FORBIDDEN, "Sign-up is closed on this server. Ask its administrator.");
        }
        Email email = email(typed);
        requireFit(typed.password());
        attempts.signup(address);
        return accounts.create(email, passwords.hash(typed.password()))
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.EMAIL_TAKEN, "There is an account with this e-mail address. Log in instead."));
    }

    /**
     * Finds the account that the e-mail address and the password belong to.
     *
     * @throws ApiException 400, 401, 403 or 429
     */
    public Account logIn(Credentials typed, ClientAddress address) {
        Email email = email(typed);
        LoginAttempts.Attempt attempt = attempts.begin(email, address);
        Optional<Account> account = accounts.find(email);
        if (!isRight(account, typed.password())) {
            throw ApiException.unauthorized("The e-mail address or the password is wrong");
        }
        attempts.succeeded(attempt);
        Account known = account.orElseThrow();
        if (known.disabled()) {
            throw ApiException.of(ErrorCode.FORBIDDEN, "This account is disabled. Ask the server's administrator.");
        }
        return known;
    }

    private boolean isRight(Optional<Account> account, String password) {
        Optional<String> hash = account.map(Account::id).flatMap(accounts::passwordHash);
        if (hash.isEmpty()) {
            passwords.matchNobody(password);
            return false;
        }
        return passwords.matches(password, hash.get());
    }

    /**
     * Sets another password, which ends all of the account's sessions.
     *
     * @return the account as it is now
     * @throws ApiException 400, 401 or 429
     */
    public Account changePassword(Account account, PasswordChange change, ClientAddress address) {
        requireFit(change.newPassword());
        confirm(account, change.password(), address);
        accounts.setPasswordHash(account.id(), passwords.hash(change.newPassword()));
        sessions.endAll(account.id());
        return accounts.find(account.id()).orElseThrow(() -> ApiException.unauthorized("Not logged in"));
    }

    /**
     * Holds that whoever is logged in knows the password too, before something that cannot be undone.
     *
     * @throws ApiException 401 or 429
     */
    public void confirm(Account account, String password, ClientAddress address) {
        LoginAttempts.Attempt attempt = attempts.begin(new Email(account.email()), address);
        if (!isRight(Optional.of(account), password)) {
            throw ApiException.unauthorized("The present password is wrong");
        }
        attempts.succeeded(attempt);
    }

    /** Deletes the account with all that belongs to it. */
    public void delete(Account account) {
        accounts.delete(account.id());
        sessions.endAll(account.id());
    }

    private static Email email(Credentials typed) {
        try {
            return Email.parse(typed.email());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void requireFit(String password) {
        try {
            Passwords.requireFit(password);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
