package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.email.EmailVerificationService;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.token.SingleUseToken;
import dev.websentry.server.token.SingleUseTokenRepository;
import dev.websentry.server.token.TokenPurpose;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the account of a user who has an invitation. Works also if sign-up is closed. */
@Service
public class InvitationService {
    private final AccountRepository accounts;
    private final SingleUseTokenRepository tokens;
    private final NewPasswordHasher passwords;
    private final EmailVerificationService verification;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    InvitationService(
            AccountRepository accounts,
            SingleUseTokenRepository tokens,
            NewPasswordHasher passwords,
            EmailVerificationService verification,
            AuditLog audit,
            TransactionTemplate transactions) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.verification = verification;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Returns the e-mail address that a valid invitation is for. */
    public Optional<String> findEmail(String token) {
        return tokens.find(TokenPurpose.INVITATION, token).map(SingleUseToken::email);
    }

    /**
     * Returns invitations that are neither accepted nor expired, sorted by e-mail address.
     *
     * @param limit maximum number of invitations
     */
    public List<SingleUseToken> findPending(int limit) {
        return tokens.findValid(TokenPurpose.INVITATION, limit);
    }

    /**
     * Creates the account and uses the invitation up.
     *
     * @throws ApiException 400 if the password is not acceptable or the account exists, 404 if the invitation is not
     *     valid, 429 if there were too many attempts
     */
    public Account accept(String token, String password, ClientAddress address) {
        String email = findEmail(token).orElseThrow(PasswordResetService::invalid);
        String hash = passwords.hash(password, new Email(email), address);
        return Objects.requireNonNull(transactions.execute(status -> {
            SingleUseToken invitation =
                    tokens.consume(TokenPurpose.INVITATION, token).orElseThrow(PasswordResetService::invalid);
            Account created = accounts.create(new Email(email), hash, Plan.parse(invitation.details()))
                    .orElseThrow(AccountAdministrationService::taken);
            audit.record(AuditAction.ACCOUNT_CREATED, created.id(), created.id(), Map.of("reason", "invitation"));
            if (invitation.isEmailed()) {
                verification.recordVerified(created.id(), created.email(), "invitation");
            }
            return created;
        }));
    }
}
