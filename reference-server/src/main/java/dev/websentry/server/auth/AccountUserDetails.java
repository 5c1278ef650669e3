package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import java.util.List;
import org.springframework.security.core.userdetails.User;

/** An account as Spring Security authenticates it. The user name is the e-mail address. */
final class AccountUserDetails extends User {
    private static final long serialVersionUID = 1L;

    private final transient Account account;

    AccountUserDetails(Account account, String passwordHash) {
        super(account.email(), passwordHash, !account.disabled(), true, true, true, List.of());
        this.account = account;
    }

    Account account() {
        return account;
    }
}
