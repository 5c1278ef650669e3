package dev.websentry.server.account;

import java.util.Optional;

/** Who sent a request. Made once for each, handed to controllers as a parameter of this type or of one below it. */
public sealed interface Caller {
    ClientAddress address();

    /** The account, however it was proved. */
    Optional<Account> account();

    /** Carries neither a key nor a session that is valid. */
    record Anonymous(ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.empty();
        }
    }

    /** Somebody who is logged in. */
    record SessionAccount(Account owner, ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }
    }

    /** A program with a key, of an account whose plan has keys. */
    record KeyAccount(Account owner, String keyId, ClientAddress address) implements Caller {
        @Override
        public Optional<Account> account() {
            return Optional.of(owner);
        }
    }
}
