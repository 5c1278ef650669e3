package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What administrators do with accounts. Each change is recorded in the audit log in the same transaction. */
@Service
public class AccountAdministrationService {
    /** Lifetime of a reset link that an administrator passes on. */
    private static final Duration RESET_LINK_LIFETIME = Duration.ofHours(24);

    private final AccountRepository accounts;
    private final NewPasswordHasher passwords;
    private final AccountSessionRepository sessions;
    private final InvitationSender invitations;
    private final PasswordResetLinks resetLinks;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    AccountAdministrationService(
            AccountRepository accounts,
            NewPasswordHasher passwords,
            AccountSessionRepository sessions,
            InvitationSender invitations,
            PasswordResetLinks resetLinks,
            AuditLog audit,
            TransactionTemplate transactions) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.invitations = invitations;
        this.resetLinks = resetLinks;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Creates an account with a first password.
     *
     * @throws ApiException 400 if the address or the password is not acceptable, or the account exists
     */
    public Account create(Account actor, CredentialsRequest credentials, Plan plan, ClientAddress address) {
        Email email = credentials.parseEmail();
        String hash = passwords.hash(credentials.password(), email, address);
        return Objects.requireNonNull(transactions.execute(status -> {
            Account created = accounts.create(email, hash, plan).orElseThrow(AccountAdministrationService::taken);
            audit.record(AuditAction.ACCOUNT_CREATED, actor.id(), created.id(), Map.of("plan", plan.wireName()));
            return created;
        }));
    }

    /**
     * Invites a user.
     *
     * @return the path and query of the link, which is shown once; empty if it was sent by e-mail
     * @throws ApiException 400 if the address is malformed or the account exists
     */
    public Optional<String> invite(Account actor, String address, Plan plan) {
        Email email = CredentialsRequest.parseEmail(address);
        return Objects.requireNonNull(transactions.execute(status -> invitations.invite(email, plan, actor)));
    }

    /** Makes the invitation of an address invalid, if there is one. */
    public void revokeInvitation(Account actor, String email) {
        transactions.executeWithoutResult(status -> {
            if (invitations.revoke(email) > 0) {
                audit.record(AuditAction.INVITATION_REVOKED, actor.id(), email, Map.of());
            }
        });
    }

    /** Makes a reset link, which is shown once. Returns its path and query. */
    public String createResetLink(Account actor, Account account) {
        return Objects.requireNonNull(
                transactions.execute(status -> resetLinks.create(account, actor.id(), RESET_LINK_LIFETIME)));
    }

    /** Changes the plan. */
    public void setPlan(Account actor, String id, Plan plan) {
        change(
                actor,
                id,
                AuditAction.PLAN_CHANGED,
                Map.of("plan", plan.wireName()),
                () -> requireKnown(accounts.setPlan(id, plan)));
    }

    /**
     * Makes an account an administrator, or a normal one again.
     *
     * @throws ApiException 400 if it is the last administrator
     */
    public void setAdmin(Account actor, String id, boolean admin) {
        change(
                actor,
                id,
                admin ? AuditAction.ADMIN_GRANTED : AuditAction.ADMIN_REVOKED,
                Map.of(),
                () -> requireKnown(accounts.setAdmin(id, admin)));
    }

    /**
     * Disables an account and ends its sessions. Its API keys are no longer accepted.
     *
     * @throws ApiException 400 if it is the account of the actor
     */
    public void disable(Account actor, String id) {
        requireOther(actor, id, "disable");
        change(actor, id, AuditAction.ACCOUNT_DISABLED, Map.of(), () -> {
            requireKnown(accounts.setDisabled(id, true));
            sessions.deleteByAccount(id);
        });
    }

    /** Enables a disabled account. */
    public void enable(Account actor, String id) {
        change(actor, id, AuditAction.ACCOUNT_ENABLED, Map.of(), () -> requireKnown(accounts.setDisabled(id, false)));
    }

    /**
     * Deletes an account with all its data and ends its sessions.
     *
     * @throws ApiException 400 if it is the account of the actor
     */
    public void delete(Account actor, String id) {
        requireOther(actor, id, "delete");
        change(actor, id, AuditAction.ACCOUNT_DELETED, Map.of(), () -> {
            requireKnown(accounts.delete(id));
            sessions.deleteByAccount(id);
        });
    }

    private void change(Account actor, String id, AuditAction action, Map<String, String> details, Runnable change) {
        transactions.executeWithoutResult(status -> {
            AuthenticationService.requireValid(change);
            audit.record(action, actor.id(), id, details);
        });
    }

    private static void requireOther(Account actor, String id, String verb) {
        if (id.equals(actor.id())) {
            throw ApiException.invalidRequest(
                    "You cannot " + verb + " the account that you are logged in with; ask another administrator");
        }
    }

    private static void requireKnown(boolean known) {
        if (!known) {
            throw ApiException.notFound("No account has this id; it may have been deleted");
        }
    }

    static ApiException taken() {
        return ApiException.of(
                ErrorCode.EMAIL_TAKEN, "An account with this e-mail address or one that looks the same already exists");
    }
}
