package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.email.EmailVerificationService;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.token.SingleUseToken;
import dev.websentry.server.token.SingleUseTokenRepository;
import dev.websentry.server.token.TokenPurpose;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets a new password for a user who has a reset link. */
@Service
public class PasswordResetService {
    private final AccountRepository accounts;
    private final SingleUseTokenRepository tokens;
    private final NewPasswordHasher passwords;
    private final AccountSessionRepository sessions;
    private final EmailVerificationService verification;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    PasswordResetService(
            AccountRepository accounts,
            SingleUseTokenRepository tokens,
            NewPasswordHasher passwords,
            AccountSessionRepository sessions,
            EmailVerificationService verification,
            AuditLog audit,
            TransactionTemplate transactions) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.sessions = sessions;
        this.verification = verification;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Returns the e-mail address of the account that a valid link belongs to. */
    public Optional<String> findEmail(String token) {
        return find(token).map(Account::email);
    }

    private Optional<Account> find(String token) {
        return tokens.find(TokenPurpose.RESET_PASSWORD, token).flatMap(this::usableAccount);
    }

    private Optional<Account> usableAccount(SingleUseToken token) {
        return token.accountId().flatMap(accounts::find).filter(account -> !account.disabled());
    }

    /**
     * Sets the new password, uses the link up and ends all sessions of the account.
     *
     * @throws ApiException 400 if the password is not acceptable, 404 if the link is not valid, 429 if there were too
     *     many attempts
     */
    public void reset(String token, String password, ClientAddress address) {
        Account account = find(token).orElseThrow(PasswordResetService::invalid);
        String hash = passwords.hash(password, new Email(account.email()), address);
        transactions.executeWithoutResult(status -> {
            SingleUseToken link =
                    tokens.consume(TokenPurpose.RESET_PASSWORD, token).orElseThrow(PasswordResetService::invalid);
            Account current = usableAccount(link).orElseThrow(PasswordResetService::invalid);
            accounts.setPasswordHash(current.id(), hash);
            sessions.deleteByAccount(current.id());
            audit.record(AuditAction.PASSWORD_RESET, current.id());
            if (link.isEmailed() && link.email().equals(current.email())) {
                verification.recordVerified(current.id(), current.email(), "password reset");
            }
        });
    }

    static ApiException invalid() {
        return ApiException.notFound("The link was used already, has expired or is incomplete");
    }
}
