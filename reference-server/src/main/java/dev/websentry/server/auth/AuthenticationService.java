package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Logs users in, changes passwords and deletes accounts, for the API and the dashboard. */
@Service
public class AuthenticationService {
    private final AccountRepository accounts;
    private final AuthenticationManager authentication;
    private final PasswordEncoder passwords;
    private final LoginRateLimiter attempts;
    private final DeviceCookie devices;
    private final AccountSessionRepository sessions;
    private final AuditLog audit;

    AuthenticationService(
            AccountRepository accounts,
            AuthenticationManager authentication,
            PasswordEncoder passwords,
            LoginRateLimiter attempts,
            DeviceCookie devices,
            AccountSessionRepository sessions,
            AuditLog audit) {
        this.accounts = accounts;
        this.authentication = authentication;
        this.passwords = passwords;
        this.attempts = attempts;
        this.devices = devices;
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * Authenticates a user by e-mail address and password.
     *
     * @param deviceCookie value of the {@link DeviceCookie} of the request; may be forged
     * @throws ApiException 400 if the e-mail address is malformed, 401 if it or the password is wrong, 403 if the
     *     account is disabled, 429 if there were too many attempts
     */
    public Account logIn(CredentialsRequest credentials, ClientAddress address, Optional<String> deviceCookie) {
        Email email = credentials.parseEmail();
        LoginRateLimiter.LoginAttempt attempt = devices.identify(deviceCookie, email)
                .map(attempts::recordAttempt)
                .orElseGet(() -> attempts.recordAttempt(email, address));
        try {
            Object user = authentication
                    .authenticate(
                            UsernamePasswordAuthenticationToken.unauthenticated(email.text(), credentials.password()))
                    .getPrincipal();
            attempts.recordSuccess(attempt);
            if (user instanceof AccountUserDetails details) {
                return details.account();
            }
            throw new IllegalStateException("not a user of this server");
        } catch (DisabledException e) {
            attempts.recordSuccess(attempt);
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "This account is disabled. Contact the administrator of the server.");
        } catch (BadCredentialsException e) {
            throw ApiException.unauthorized("The e-mail address or the password is wrong");
        }
    }

    /**
     * Changes the password and ends all sessions of the account.
     *
     * @param sessionKey identifies the session of the user
     * @return the account after the change
     * @throws ApiException 400 if the new password is invalid, 401 if the current one is wrong, 429 if there were too
     *     many attempts
     */
    public Account changePassword(
            Account account, ChangePasswordRequest change, String sessionKey, ClientAddress address) {
        requireValid(() -> PasswordPolicy.requireValidLength(change.newPassword()));
        confirmPassword(account, change.password(), sessionKey);
        attempts.recordPasswordCheck(address);
        requireValid(() -> PasswordPolicy.requireAcceptable(change.newPassword(), new Email(account.email())));
        accounts.setPasswordHash(account.id(), String.valueOf(passwords.encode(change.newPassword())));
        sessions.deleteByAccount(account.id());
        audit.record(AuditAction.PASSWORD_CHANGED, account.id());
        return accounts.find(account.id()).orElseThrow(() -> ApiException.unauthorized("Not logged in"));
    }

    /**
     * Checks the password of a logged-in user before an operation that cannot be undone.
     *
     * @param sessionKey identifies the session of the user
     * @throws ApiException 401 if the password is wrong, 429 if there were too many attempts in this session
     */
    public void confirmPassword(Account account, String password, String sessionKey) {
        UsageCounterKey attempt = attempts.recordConfirmationAttempt(sessionKey);
        String hash = accounts.passwordHash(account.id()).orElse("");
        if (!passwords.matches(password, hash)) {
            audit.record(AuditAction.PASSWORD_CONFIRMATION_FAILED, account.id());
            throw ApiException.unauthorized("The current password is wrong");
        }
        attempts.recordConfirmation(attempt);
    }

    /**
     * Deletes the account with all its data and ends its sessions.
     *
     * @throws ApiException 400 if it is the last administrator
     */
    public void deleteAccount(Account account) {
        requireValid(() -> accounts.delete(account.id()));
        sessions.deleteByAccount(account.id());
        audit.record(AuditAction.ACCOUNT_DELETED, account.id());
    }

    /** Runs a check of user input whose exception has a message for the user. */
    static void requireValid(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }
}
