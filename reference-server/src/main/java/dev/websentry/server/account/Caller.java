package dev.websentry.server.account;

import java.util.Optional;

/**
 * The sender of a request. Determined once per request and passed to controller methods as a parameter of this type or
 * of a subtype.
 */
public sealed interface Caller {
    /** Returns the IP address of the client. */
    ClientAddress address();

    /** Returns the authenticated account; empty for an anonymous caller. */
    Optional<Account> account();

    /** A caller without a valid API key or session. */
    record AnonymousCaller(ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.empty();
        }
    }

    /** A user who is logged in with a session. */
    record SessionCaller(Account owner, ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }
    }

    /** A program that sent a valid API key of an account whose plan includes API keys. */
    record ApiKeyCaller(Account owner, String keyId, ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }
    }
}
