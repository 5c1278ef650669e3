package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text that one of the databases rejects is an error of the caller on both. */
class UnstorableTextTest extends EndpointTest {
    @Test
    void nulAndUnpairedSurrogatesInJsonAreRejected() {
        TestClient client = user(Plan.PRO).client();
        for (String text : List.of("\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800")) {
            client.post("/api/keys", "{\"name\": \"" + text + "\"}").assertError(400, "invalid_request");
            anonymous()
                    .post("/api/scan", "{\"url\": \"example.com" + text + "\"}")
                    .assertError(400, "invalid_request");
            anonymous()
                    .post("/api/auth/signup", credentials("a" + text + "@example.com", PASSWORD))
                    .assertError(400, "invalid_request");
            anonymous()
                    .post("/api/auth/login", credentials("a@example.com", "correct horse" + text))
                    .assertError(400, "invalid_request");
        }
        client.post("/api/keys", "{\"name\": \"\\ud83d\\ude00\"}").assertStatus(200);
    }

    @Test
    void nulInParametersIsRejected() {
        TestUser user = user(Plan.PRO);
        for (String path : List.of("/api/scans?site=%00", "/api/scans?after=a%00", "/api/scans?limit=1&x=%00")) {
            String where = path + " of " + vendor;
            int status = user.client().get(path).status();
            assertTrue(status == 400 || status == 200, where + ": " + status);
        }
        user.client().get("/api/scans?site=%00").assertError(400, "invalid_request");
        user.client().get("/history?site=%00").assertStatus(400);
        anonymous()
                .send(
                        "POST",
                        "/login",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("email=a%00@example.com&password=x"))
                .assertStatus(403);
    }

    @Test
    void nulInASessionCookieIsNoSession() {
        String cookie = Base64.getEncoder().encodeToString("a\0b".getBytes(StandardCharsets.UTF_8));
        anonymous()
                .withHeader("Cookie", "session=" + cookie)
                .get("/api/account")
                .assertError(401, "unauthorized");
    }

    /**
     * The Java runtime and the database know different versions of Unicode, and lower case depends on the locale. An
     * address is either rejected by its rules or can be stored.
     */
    @Test
    void lettersWithALowerCaseNeverFailInTheDatabase() {
        AccountRepository accounts = server().get(AccountRepository.class);
        long created = IntStream.of(
                        0x80, 0x180, 0x370, 0x400, 0x10a0, 0x13a0, 0x1c80, 0x1e00, 0x2100, 0x2c00, 0xa640, 0xa720,
                        0xff20)
                .flatMap(block -> IntStream.range(block, block + 0x80))
                .mapToObj(letter -> parse(Character.toString(letter) + letter + "@" + vendor + ".example"))
                .flatMap(Optional::stream)
                .filter(email -> accounts.create(email, "hash", Plan.FREE).isPresent())
                .count();
        assertTrue(created > 100, created + " accounts");
        for (String letter : List.of("\u2c2f", "\u0130", "\u1e9e", "\ua7c0")) {
            int status = anonymous()
                    .post("/api/auth/signup", credentials(letter + "@" + vendor + ".example.com", PASSWORD))
                    .status();
            assertTrue(status == 200 || status == 400, letter + ": " + status);
        }
    }

    private static Optional<Email> parse(String address) {
        try {
            return Optional.of(Email.parse(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
