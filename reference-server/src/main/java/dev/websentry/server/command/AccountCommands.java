package dev.websentry.server.command;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.auth.AccountSessionRepository;
import dev.websentry.server.webhook.WebhookRepository;
import java.io.IOException;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Implements the commands that change accounts. Each returns the line to print, or throws an {@link
 * IllegalArgumentException} with the error message.
 */
final class AccountCommands {
    private final AccountRepository accounts;
    private final PasswordEncoder passwords;
    private final AccountSessionRepository sessions;
    private final AuditLog audit;
    private final JdbcClient db;

    AccountCommands(
            AccountRepository accounts,
            PasswordEncoder passwords,
            AccountSessionRepository sessions,
            AuditLog audit,
            JdbcClient db) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
        this.db = db;
    }

    /**
     * Creates an account.
     *
     * @param admin whether it is an administrator
     */
    String create(String address, Plan plan, boolean admin, PasswordReader reader) throws IOException {
        Email email = Email.parse(address);
        requireFree(email);
        String password = reader.read();
        PasswordPolicy.requireAcceptable(password, email);
        Account account = accounts.create(email, String.valueOf(passwords.encode(password)), plan)
                .orElseThrow(() -> new IllegalArgumentException(
                        "An account with the e-mail address '" + email.text() + "' or one that looks the same exists"));
        audit.recordCommand(AuditAction.ACCOUNT_CREATED, account.id(), Map.of("plan", plan.wireName()));
        if (admin) {
            accounts.setAdmin(account.id(), true);
            audit.recordCommand(AuditAction.ADMIN_GRANTED, account.id(), Map.of());
        }
        return "Created " + (admin ? "the administrator " : "") + account.email() + " on the " + plan.wireName()
                + " plan";
    }

    /** Asks for no password if it would be in vain. */
    private void requireFree(Email email) {
        if (accounts.find(email).isPresent()) {
            throw new IllegalArgumentException("The account " + email.text() + " exists already");
        }
    }

    String delete(String email) {
        Account account = find(accounts, email);
        accounts.delete(account.id());
        sessions.deleteByAccount(account.id());
        audit.recordCommand(AuditAction.ACCOUNT_DELETED, account.id(), Map.of());
        return account.email() + " was deleted, including its scans, API keys and monitors";
    }

    String setPlan(String email, String plan) {
        Plan newPlan = Plan.parse(plan);
        Account account = find(accounts, email);
        accounts.setPlan(account.id(), newPlan);
        audit.recordCommand(AuditAction.PLAN_CHANGED, account.id(), Map.of("plan", newPlan.wireName()));
        return account.email() + " is now on the " + newPlan.wireName() + " plan";
    }

    String setAdmin(String email) {
        Account account = find(accounts, email);
        accounts.setAdmin(account.id(), true);
        audit.recordCommand(AuditAction.ADMIN_GRANTED, account.id(), Map.of());
        return account.email() + " is now an administrator";
    }

    String unsetAdmin(String email) {
        Account account = find(accounts, email);
        accounts.setAdmin(account.id(), false);
        audit.recordCommand(AuditAction.ADMIN_REVOKED, account.id(), Map.of());
        return account.email() + " is no longer an administrator";
    }

    String setPassword(String email, PasswordReader reader) throws IOException {
        Account account = find(accounts, email);
        String password = reader.read();
        PasswordPolicy.requireAcceptable(password, new Email(account.email()));
        accounts.setPasswordHash(account.id(), String.valueOf(passwords.encode(password)));
        sessions.deleteByAccount(account.id());
        audit.recordCommand(AuditAction.PASSWORD_CHANGED, account.id(), Map.of());
        return account.email() + " has a new password and must log in again";
    }

    /** Deletes all webhooks, because a server does not start if it cannot decrypt them. */
    String discardWebhooks() {
        int deleted = WebhookRepository.deleteAll(db);
        return "Deleted " + deleted + " webhooks; their owners must set them again";
    }

    static Account find(AccountRepository accounts, String email) {
        return accounts.find(Email.parse(email))
                .orElseThrow(() ->
                        new IllegalArgumentException("No account has the e-mail address '" + email.strip() + "'"));
    }
}
