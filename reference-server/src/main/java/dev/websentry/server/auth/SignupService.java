package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.settings.WebSentryProperties.SignupMode;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Signs users up, for the API and the dashboard. */
@Service
public class SignupService {
    private final AccountRepository accounts;
    private final PasswordEncoder passwords;
    private final LoginRateLimiter attempts;
    private final WebSentryProperties settings;
    private final AuditLog audit;

    SignupService(
            AccountRepository accounts,
            PasswordEncoder passwords,
            LoginRateLimiter attempts,
            WebSentryProperties settings,
            AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.settings = settings;
        this.audit = audit;
    }

    /** Returns whether users can create accounts on this server. */
    public boolean isOpen() {
        return settings.signup() == SignupMode.OPEN;
    }

    /** Returns the plan of the accounts that users create. */
    public Plan defaultPlan() {
        return settings.defaultPlan();
    }

    /**
     * Creates an account.
     *
     * @throws ApiException 400 if the e-mail address or the password is invalid or an account exists, 403 if sign-up is
     *     closed, 429 if there were too many sign-ups
     */
    public Account signUp(CredentialsRequest credentials, ClientAddress address) {
        if (!isOpen()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "Sign-up is closed on this server. Ask the administrator for an account.");
        }
        Email email = credentials.parseEmail();
        String password = credentials.password();
        AuthenticationService.requireValid(() -> PasswordPolicy.requireValidLength(password));
        attempts.recordPasswordCheck(address);
        AuthenticationService.requireValid(() -> PasswordPolicy.requireAcceptable(password, email));
        attempts.recordSignup(address);
        String hash = String.valueOf(passwords.encode(password));
        Account created = accounts.create(email, hash, settings.defaultPlan())
                .orElseThrow(() -> ApiException.of(ErrorCode.EMAIL_TAKEN, taken(email)));
        audit.record(AuditAction.ACCOUNT_CREATED, created.id());
        return created;
    }

    private String taken(Email email) {
        return accounts.find(email).isPresent()
                ? "An account with this e-mail address already exists. Log in instead."
                : "An account with an e-mail address that looks the same already exists. Use another address.";
    }
}
