package dev.websentry.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.TestSites;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSecrecyTest {
    private static final String PASSWORD = "correct-horse-battery-9361";
    private static final String WRONG = "wrong-horse-battery-9361";

    @Test
    void apiKeysCookiesAndPasswordsAreNotLogged(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("server.log");
        List<String> settings = Stream.of(
                        DatabaseVendor.SQLITE.freshDatabase(),
                        TestSites.settings(),
                        List.of(
                                "--logging.file.name=" + log,
                                "--logging.level.root=info",
                                "--logging.level.dev.websentry=trace",
                                "--logging.structured.format.file=ecs"))
                .flatMap(List::stream)
                .toList();
        List<String> secrets;
        try (TestServer server = TestServer.start(settings)) {
            secrets = everyKindOfCall(server);
        }
        String text = ServerLog.text(log);
        assertTrue(text.contains("\"scan "), "the log contains no scan: " + text);
        assertTrue(
                text.lines().allMatch(line -> line.startsWith("{") && line.endsWith("}")),
                "the log must contain one JSON object per line");
        for (String secret : secrets) {
            assertFalse(text.contains(secret), "the log contains " + secret);
        }
    }

    private static List<String> everyKindOfCall(TestServer server) {
        TestClient browser = server.client();
        browser.post("/api/auth/signup", credentials(PASSWORD)).assertStatus(200);
        browser.post("/api/auth/login", credentials(WRONG)).assertStatus(401);
        browser.post("/api/auth/login", credentials(PASSWORD)).assertStatus(200);
        AccountRepository accounts = server.get(AccountRepository.class);
        accounts.setPlan(
                accounts.find(Email.parse("me@example.com")).orElseThrow().id(), Plan.PRO);
        String cookie = browser.cookie("session").orElseThrow().getValue();
        String key = browser.post("/api/keys", "{\"name\": \"ci\"}")
                .assertStatus(200)
                .json()
                .get("key")
                .asString();
        TestClient program = server.client().withApiKey(key);
        program.post("/api/scan", "{\"url\": \"" + TestSites.BAD + "/?token=query-secret-1\"}")
                .assertStatus(200);
        program.post("/api/scan", "{\"url\": \"http://u:url-secret-2@127.0.0.1/\"}")
                .assertStatus(400);
        program.post("/api/scan", "{\"url\": \"" + key).assertStatus(400);
        String wrong = "ss_" + "1".repeat(48);
        server.client().withApiKey(wrong).get("/api/scans").assertStatus(401);
        browser.post("/api/auth/password", "{\"password\": \"" + PASSWORD + "\", \"newPassword\": \"" + WRONG + "\"}")
                .assertStatus(200);
        browser.delete("/api/account").assertStatus(200);
        return List.of(PASSWORD, WRONG, cookie, key, wrong, "query-secret-1", "url-secret-2");
    }

    private static String credentials(String password) {
        return "{\"email\": \"me@example.com\", \"password\": \"" + password + "\"}";
    }
}
