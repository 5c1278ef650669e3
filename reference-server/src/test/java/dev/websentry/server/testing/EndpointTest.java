package dev.websentry.server.testing;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.token.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The base class of endpoint tests: each test runs once with SQLite and once with PostgreSQL, over real HTTP, against a
 * shared server. Tests create the accounts they need and ignore all others.
 */
@ExtendWith(CloseServers.class)
@ParameterizedClass
@EnumSource(Vendor.class)
public class EndpointTest {
    protected static final String PASSWORD = "correct horse battery";

    @Parameter
    protected Vendor vendor;

    @AfterEach
    void resetClock() {
        clock().reset();
    }

    protected TestServer server() {
        return TestServer.shared(vendor);
    }

    protected SettableClock clock() {
        return server().clock();
    }

    /** Returns a client without an account. */
    protected Client anonymous() {
        return server().client();
    }

    /** Creates an account with a plan and logs it in. */
    protected User user(Plan plan) {
        String email = "user-" + Tokens.hex(6) + "@example.com";
        Client client = anonymous();
        client.post("/api/auth/signup", credentials(email, PASSWORD)).is(200);
        server().get(AccountStore.class).setPlan(account(email).id(), plan);
        return new User(email, account(email).id(), client);
    }

    protected User admin() {
        User user = user(Plan.FREE);
        server().get(AccountStore.class).setAdmin(user.id(), true);
        return user;
    }

    /** Creates an API key of the account. */
    protected String key(User user) {
        return server().get(KeyStore.class).create(user.id(), "test").secret();
    }

    /** Returns a client without cookies that uses a new API key of the account. */
    protected Client program(User user) {
        return anonymous().withKey(key(user));
    }

    protected static String credentials(String email, String password) {
        return "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}";
    }

    protected Account account(String email) {
        return server().get(AccountStore.class).find(Email.parse(email)).orElseThrow();
    }

    /**
     * An account that a test created.
     *
     * @param client a client that is logged in to the account
     */
    protected record User(String email, String id, Client client) {}
}
