package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordHasher;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.settings.WebSentryProperties.SignupMode;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Signs users up, logs them in, changes passwords and deletes accounts, for the API and the dashboard. */
@Service
public class AuthenticationService {
    private final AccountRepository accounts;
    private final PasswordHasher passwords;
    private final LoginRateLimiter attempts;
    private final AccountSessionRepository sessions;
    private final WebSentryProperties settings;

    AuthenticationService(
            AccountRepository accounts,
            PasswordHasher passwords,
            LoginRateLimiter attempts,
            AccountSessionRepository sessions,
            WebSentryProperties settings) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.settings = settings;
    }

    /** Returns whether users can create accounts on this server. */
    public boolean isSignupOpen() {
        return settings.signup() == SignupMode.OPEN;
    }

    /**
     * Creates an account.
     *
     * @throws ApiException 400 if the e-mail address or the password is invalid or an account exists, 403 if sign-up is
     *     closed, 429 if there were too many sign-ups
     */
    public Account signUp(CredentialsRequest credentials, ClientAddress address) {
        if (!isSignupOpen()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "Sign-up is closed on this server. Ask the administrator for an account.");
        }
        Email email = email(credentials);
        requireValid(credentials.password());
        attempts.recordSignup(address);
        return accounts.create(email, passwords.hash(credentials.password()))
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.EMAIL_TAKEN, "An account with this e-mail address already exists. Log in instead."));
    }

    /**
     * Authenticates a user by e-mail address and password.
     *
     * @throws ApiException 400 if the e-mail address is malformed, 401 if it or the password is wrong, 403 if the
     *     account is disabled, 429 if there were too many attempts
     */
    public Account logIn(CredentialsRequest credentials, ClientAddress address) {
        Email email = email(credentials);
        LoginRateLimiter.LoginAttempt attempt = attempts.recordAttempt(email, address);
        Optional<Account> account = accounts.find(email);
        if (!passwordMatches(account, credentials.password())) {
            throw ApiException.unauthorized("The e-mail address or the password is wrong");
        }
        attempts.recordSuccess(attempt);
        Account found = account.orElseThrow();
        if (found.disabled()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "This account is disabled. Contact the administrator of the server.");
        }
        return found;
    }

    private boolean passwordMatches(Optional<Account> account, String password) {
        Optional<String> hash = account.map(Account::id).flatMap(accounts::passwordHash);
        if (hash.isEmpty()) {
            passwords.matchDummyHash(password);
            return false;
        }
        return passwords.matches(password, hash.get());
    }

    /**
     * Changes the password and ends all sessions of the account.
     *
     * @return the account after the change
     * @throws ApiException 400 if the new password is invalid, 401 if the current one is wrong, 429 if there were too
     *     many attempts
     */
    public Account changePassword(Account account, ChangePasswordRequest change, ClientAddress address) {
        requireValid(change.newPassword());
        confirmPassword(account, change.password(), address);
        accounts.setPasswordHash(account.id(), passwords.hash(change.newPassword()));
        sessions.deleteByAccount(account.id());
        return accounts.find(account.id()).orElseThrow(() -> ApiException.unauthorized("Not logged in"));
    }

    /**
     * Checks the password of a logged-in user before an operation that cannot be undone.
     *
     * @throws ApiException 401 if the password is wrong, 429 if there were too many attempts
     */
    public void confirmPassword(Account account, String password, ClientAddress address) {
        LoginRateLimiter.LoginAttempt attempt = attempts.recordAttempt(new Email(account.email()), address);
        if (!passwordMatches(Optional.of(account), password)) {
            throw ApiException.unauthorized("The current password is wrong");
        }
        attempts.recordSuccess(attempt);
    }

    /** Deletes the account with all its data and ends its sessions. */
    public void deleteAccount(Account account) {
        accounts.delete(account.id());
        sessions.deleteByAccount(account.id());
    }

    private static Email email(CredentialsRequest credentials) {
        try {
            return Email.parse(credentials.email());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void requireValid(String password) {
        try {
            PasswordHasher.requireValidLength(password);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }
}
