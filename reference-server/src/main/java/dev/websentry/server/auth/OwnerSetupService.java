package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the owner of a server that has no administrator yet. The operator proves access to the server with a code
 * from its log. See ADR 85.
 */
@Service
public class OwnerSetupService {
    private final AccountRepository accounts;
    private final SetupCodeRepository codes;
    private final NewPasswordHasher passwords;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    /** Once true, it stays so, because the last administrator cannot be removed. */
    private volatile boolean complete;

    OwnerSetupService(
            AccountRepository accounts,
            SetupCodeRepository codes,
            NewPasswordHasher passwords,
            AuditLog audit,
            TransactionTemplate transactions) {
        this.accounts = accounts;
        this.codes = codes;
        this.passwords = passwords;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Returns whether the server has an administrator. */
    public boolean isComplete() {
        if (!complete) {
            complete = accounts.hasAdministrator();
        }
        return complete;
    }

    /** Creates a code for the first-run page; empty if the server has an administrator. */
    public Optional<String> createCode() {
        return isComplete() ? Optional.empty() : Optional.of(codes.create());
    }

    /**
     * Creates the owner: an administrator on the agency plan.
     *
     * @param code the code from the log, which works once
     * @throws ApiException 400 if the e-mail address or the password is invalid or an account exists, 403 if the code
     *     is wrong, 404 if the server has an administrator, 429 if there were too many attempts
     */
    public Account createOwner(String code, CredentialsRequest credentials, ClientAddress address) {
        if (isComplete()) {
            throw ApiException.notFound("This server has an administrator already");
        }
        String hash = passwords.hash(credentials.password(), credentials.parseEmail(), address);
        Account owner = transactions.execute(status -> {
            if (!codes.consume(code.strip()) || accounts.hasAdministrator()) {
                throw ApiException.of(
                        ErrorCode.FORBIDDEN,
                        "The code is wrong or has expired; restart the server to have a new code in its log");
            }
            Account created = accounts.create(credentials.parseEmail(), hash, Plan.AGENCY)
                    .orElseThrow(() -> ApiException.of(
                            ErrorCode.EMAIL_TAKEN, "An account with this or a similar e-mail address already exists"));
            accounts.setAdmin(created.id(), true);
            return accounts.find(created.id()).orElseThrow();
        });
        if (owner == null) {
            throw new IllegalStateException("the transaction has no result");
        }
        audit.record(AuditAction.ACCOUNT_CREATED, owner.id());
        audit.record(AuditAction.ADMIN_GRANTED, owner.id(), owner.id(), Map.of("reason", "first run"));
        return owner;
    }
}
