package dev.websentry.server.command;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.PasswordHasher;
import dev.websentry.server.account.Plan;
import dev.websentry.server.auth.AccountSessionRepository;

/**
 * Implements the commands that change accounts. Each returns the line to print, or throws an {@link
 * IllegalArgumentException} with the error message.
 */
final class AccountCommands {
    private final AccountRepository accounts;
    private final PasswordHasher passwords;
    private final AccountSessionRepository sessions;

    AccountCommands(AccountRepository accounts, PasswordHasher passwords, AccountSessionRepository sessions) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    String setPlan(String email, String plan) {
        Plan newPlan = Plan.parse(plan);
        Account account = account(email);
        accounts.setPlan(account.id(), newPlan);
        return account.email() + " is now on the " + newPlan.wireName() + " plan";
    }

    String setAdmin(String email) {
        Account account = account(email);
        accounts.setAdmin(account.id(), true);
        return account.email() + " is now an administrator";
    }

    String setPassword(String email, String password) {
        PasswordHasher.requireValidLength(password);
        Account account = account(email);
        accounts.setPasswordHash(account.id(), passwords.hash(password));
        sessions.deleteByAccount(account.id());
        return account.email() + " has a new password and must log in again";
    }

    private Account account(String email) {
        return accounts.find(Email.parse(email))
                .orElseThrow(() ->
                        new IllegalArgumentException("No account has the e-mail address '" + email.strip() + "'"));
    }
}
