package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/** Loads accounts by their e-mail address for Spring Security. */
@Service
class AccountUserDetailsService implements UserDetailsService {
    private final AccountRepository accounts;

    AccountUserDetailsService(AccountRepository accounts) {
        this.accounts = accounts;
    }

    @Override
    public UserDetails loadUserByUsername(String email) {
        Account account = accounts.find(new Email(email)).orElseThrow(AccountUserDetailsService::notFound);
        String hash = accounts.passwordHash(account.id()).orElseThrow(AccountUserDetailsService::notFound);
        return new AccountUserDetails(account, hash);
    }

    /** Does not name the user name, which may be a password. */
    private static UsernameNotFoundException notFound() {
        return new UsernameNotFoundException("No account has this e-mail address");
    }
}
