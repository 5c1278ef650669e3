package dev.websentry.server.testing;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.token.SecureTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The base class of endpoint tests: each test runs once with SQLite and once with PostgreSQL, over real HTTP, against a
 * shared server. Tests create the accounts they need and ignore all others.
 */
@ParameterizedClass
@EnumSource(DatabaseVendor.class)
public class EndpointTest {
    protected static final String PASSWORD = "correct horse battery";

    @Parameter
    protected DatabaseVendor vendor;

    @AfterEach
    protected void resetClock() {
        clock().reset();
    }

    protected TestServer server() {
        return TestServer.shared(vendor);
    }

    protected MutableClock clock() {
        return server().clock();
    }

    /** Returns a client without an account. */
    protected TestClient anonymous() {
        return server().client();
    }

    /** Creates an account with a plan and logs it in. */
    protected TestUser user(Plan plan) {
        String email = "user-" + SecureTokens.randomHex(6) + "@example.com";
        TestClient client = anonymous();
        client.post("/api/auth/signup", credentials(email, PASSWORD)).assertStatus(200);
        server().get(AccountRepository.class).setPlan(account(email).id(), plan);
        return new TestUser(email, account(email).id(), client);
    }

    protected TestUser admin() {
        TestUser user = user(Plan.FREE);
        server().get(AccountRepository.class).setAdmin(user.id(), true);
        return user;
    }

    /** Creates an API key of the account. */
    protected String newApiKey(TestUser user) {
        return server().get(ApiKeyRepository.class).create(user.id(), "test").secret();
    }

    /** Returns a client without cookies that uses a new API key of the account. */
    protected TestClient apiClient(TestUser user) {
        return anonymous().withApiKey(newApiKey(user));
    }

    protected static String credentials(String email, String password) {
        return "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}";
    }

    protected Account account(String email) {
        return server().get(AccountRepository.class).find(Email.parse(email)).orElseThrow();
    }

    /**
     * An account that a test created.
     *
     * @param client a client that is logged in to the account
     */
    protected record TestUser(String email, String id, TestClient client) {}
}
