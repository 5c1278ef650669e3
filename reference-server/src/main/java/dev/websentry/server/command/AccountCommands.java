package dev.websentry.server.command;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.auth.AccountSessionRepository;
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

    String setPassword(String email, String password) {
        Account account = find(accounts, email);
        PasswordPolicy.requireAcceptable(password, new Email(account.email()));
        accounts.setPasswordHash(account.id(), String.valueOf(passwords.encode(password)));
        sessions.deleteByAccount(account.id());
        audit.recordCommand(AuditAction.PASSWORD_CHANGED, account.id(), Map.of());
        return account.email() + " has a new password and must log in again";
    }

    /** Deletes all webhooks, because a server does not start if it cannot decrypt their secrets. */
    String discardWebhooks() {
        int deleted = db.sql("DELETE FROM webhook").update();
        return "Deleted " + deleted + " webhooks; their owners must set them again";
    }

    static Account find(AccountRepository accounts, String email) {
        return accounts.find(Email.parse(email))
                .orElseThrow(() ->
                        new IllegalArgumentException("No account has the e-mail address '" + email.strip() + "'"));
    }
}
