package dev.websentry.server.account;

import dev.websentry.server.account.RequiresAccess.AccessLevel;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The sender of a request, as Spring Security authenticated it. Spring MVC passes it to controller methods with a
 * parameter of this type or of a subtype. The authorities are names of {@link AccessLevel}.
 */
public sealed interface Caller extends Authentication {
    /** Returns the IP address of the client. */
    ClientAddress address();

    /** Returns the authenticated account; empty for an anonymous caller. */
    Optional<Account> account();

    @Override
    List<GrantedAuthority> getAuthorities();

    /** Returns the account, or the address of an anonymous caller. */
    @Override
    default Object getPrincipal() {
        return account().<Object>map(account -> account).orElseGet(this::address);
    }

    /** Returns the id of the account, or the address of an anonymous caller. */
    @Override
    default String getName() {
        return account().map(Account::id).orElseGet(address()::text);
    }

    /** Returns an empty text: the credentials were verified and are not kept. */
    @Override
    default Object getCredentials() {
        return "";
    }

    @Override
    default Object getDetails() {
        return address();
    }

    @Override
    default boolean isAuthenticated() {
        return true;
    }

    @Override
    default void setAuthenticated(boolean authenticated) {
        throw new IllegalArgumentException("a caller does not change");
    }

    /** A caller without a valid API key or session. */
    record AnonymousCaller(ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.empty();
        }

        @Override
        public List<GrantedAuthority> getAuthorities() {
            return List.of();
        }
    }

    /** A user who is logged in with a session. */
    record SessionCaller(Account owner, ClientAddress address) implements Caller {
        private static final List<GrantedAuthority> USER =
                AuthorityUtils.createAuthorityList(AccessLevel.ACCOUNT.name(), AccessLevel.SESSION.name());
        private static final List<GrantedAuthority> ADMIN = AuthorityUtils.createAuthorityList(
                AccessLevel.ACCOUNT.name(), AccessLevel.SESSION.name(), AccessLevel.ADMIN.name());

        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }

        @Override
        public List<GrantedAuthority> getAuthorities() {
            return owner.admin() ? ADMIN : USER;
        }
    }

    /** A program that sent a valid API key of an account whose plan includes API keys. */
    record ApiKeyCaller(Account owner, String keyId, ClientAddress address) implements Caller {
        private static final List<GrantedAuthority> PROGRAM =
                AuthorityUtils.createAuthorityList(AccessLevel.ACCOUNT.name());

        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }

        @Override
        public List<GrantedAuthority> getAuthorities() {
            return PROGRAM;
        }
    }
}
