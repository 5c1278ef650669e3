package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.token.SecureTokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which e-mail addresses and passwords are accepted. */
class SignupEndpointTest extends EndpointTest {
    private TestResponse signUp(String email, String password) {
        return anonymous().post("/api/auth/signup", credentials(email, password));
    }

    private static String error(TestResponse response) {
        return response.json().get("error").asString();
    }

    @Test
    void addressesThatDifferOnlyInvisiblyAreRejected() {
        String name = "ada-" + SecureTokens.randomHex(4);
        signUp(name + "@example.com", PASSWORD).assertStatus(200);
        for (String other : List.of(
                name + "\u200b@example.com",
                "\u202e" + name + "@example.com",
                name + "\u2066@example.com",
                name + "\ufe0f@example.com",
                name + "\u00ad@example.com",
                "\uff41" + name.substring(1) + "@example.com",
                name + "@\uff45xample.com",
                name + "@exam\u200bple.com",
                name + "\ufb01@example.com")) {
            TestResponse refused = signUp(other, PASSWORD);
            refused.assertError(400, "invalid_request");
            assertTrue(error(refused).contains("characters that are invisible"), error(refused));
        }
        assertTrue(error(signUp("\u0430" + name.substring(1) + "@example.com", PASSWORD))
                .contains("mixes letters of different writing systems"));
    }

    @Test
    void addressThatLooksLikeAnExistingOneIsTaken() {
        String tag = SecureTokens.randomHex(4).replaceAll("\\D", "7");
        // Latin letters, then Cyrillic letters of the same shapes.
        signUp("coco" + tag + "@example.com", PASSWORD).assertStatus(200);
        TestResponse refused = signUp("\u0441\u043e\u0441\u043e" + tag + "@example.com", PASSWORD);
        refused.assertError(400, "email_taken");
        assertTrue(error(refused).contains("looks the same"), error(refused));
        // Both are in ASCII, as many addresses of providers are.
        signUp("user1" + tag + "@example.com", PASSWORD).assertStatus(200);
        signUp("userl" + tag + "@example.com", PASSWORD).assertStatus(200);
    }

    @Test
    void spellingsOfOneAddressAreOneAccount() {
        String tag = SecureTokens.randomHex(4);
        signUp("zo\u00eb-" + tag + "@b\u00fccher.example", PASSWORD).assertStatus(200);
        for (String same : List.of(
                "zoe\u0308-" + tag + "@b\u00fccher.example",
                "ZO\u00cb-" + tag + "@B\u00dcCHER.example",
                "zo\u00eb-" + tag + "@xn--bcher-kva.example")) {
            signUp(same, PASSWORD).assertError(400, "email_taken");
            anonymous().post("/api/auth/login", credentials(same, PASSWORD)).assertStatus(200);
        }
    }

    /** The lower case of this letter (GLAGOLITIC CAPITAL LETTER CAUDATE CHRIVI) differs between databases. */
    @Test
    void addressWithALetterThatADatabaseCannotConvertIsAccepted() {
        String tag = SecureTokens.randomHex(4).replaceAll("\\D", "7");
        signUp("\u2c2f" + tag + "@example.com", PASSWORD).assertStatus(200);
        signUp("\u2c5f" + tag + "@example.com", PASSWORD).assertError(400, "email_taken");
    }

    @Test
    void passwordsThatAreEasyToGuessAreRejected() {
        String email = "guess-" + SecureTokens.randomHex(4) + "@example.com";
        TestClient client = anonymous();
        for (String password : List.of("1234567890", "          ", "password12", "aaaaaaaaaaaa", email)) {
            TestResponse refused = client.post("/api/auth/signup", credentials(email, password));
            refused.assertError(400, "invalid_request");
            assertTrue(error(refused).startsWith("The password is easy to guess"), error(refused));
        }
        TestUser user = user(Plan.FREE);
        String change = "{\"password\": \"" + PASSWORD + "\", \"newPassword\": \"password12\"}";
        TestResponse refused = user.client().post("/api/auth/password", change);
        refused.assertError(400, "invalid_request");
        assertEquals(200, user.client().get("/api/account").status());
    }
}
