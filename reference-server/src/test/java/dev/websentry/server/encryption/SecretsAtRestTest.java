package dev.websentry.server.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.settings.StartupFailureAnalyzer;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a copy of the database, or another user of the machine, can read. */
class SecretsAtRestTest {
    private static final String FIRST_KEY =
            Base64.getEncoder().encodeToString("1".repeat(32).getBytes(StandardCharsets.UTF_8));
    private static final String SECOND_KEY =
            Base64.getEncoder().encodeToString("2".repeat(32).getBytes(StandardCharsets.UTF_8));

    private static final String CREDENTIALS =
            "{\"email\": \"me@example.com\", \"password\": \"correct horse battery\"}";

    private static final String WEBHOOK_URL = "https://hook.example.com/services/T0/B0/secret-of-the-channel";

    @TempDir
    Path folder;

    private static TestClient signedUp(TestServer server) {
        TestClient client = server.client();
        client.post("/api/auth/signup", CREDENTIALS).assertStatus(200);
        AccountRepository accounts = server.get(AccountRepository.class);
        accounts.setPlan(
                accounts.find(Email.parse("me@example.com")).orElseThrow().id(), Plan.PRO);
        return client;
    }

    private static String setWebhook(TestClient client) {
        return client.send(
                        "PUT",
                        "/api/webhook",
                        "application/json",
                        BodyPublishers.ofString("{\"url\": \"" + WEBHOOK_URL + "\"}"))
                .assertStatus(200)
                .json()
                .get("secret")
                .asString();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void filesArePrivateWhateverTheUmaskIs() throws Exception {
        Path data = folder.resolve("new/data");
        Path existing = Files.createDirectories(folder.resolve("existing"));
        Path database = Files.createFile(existing.resolve("websentry.db"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        for (Path directory : List.of(data, existing)) {
            try (TestServer server = TestServer.start(List.of("--websentry.data-dir=" + directory))) {
                signedUp(server);
                try (Stream<Path> files = Files.list(directory)) {
                    List<Path> all = files.toList();
                    assertTrue(all.size() >= 4, "the database, its log and index, and the key: " + all);
                    for (Path file : all) {
                        assertEquals("rw-------", mode(file), file.toString());
                    }
                }
            }
        }
        assertEquals("rwx------", mode(data));
    }

    @ParameterizedTest
    @EnumSource
    void databaseContainsNeitherSessionIdsNorKeysNorSecrets(DatabaseVendor vendor) {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.add("--websentry.encryption.keys=" + FIRST_KEY);
        try (TestServer server = TestServer.start(settings)) {
            TestClient client = signedUp(server);
            String secret = setWebhook(client);
            String key = client.post("/api/keys", "{\"name\": \"ci\"}")
                    .assertStatus(200)
                    .json()
                    .get("key")
                    .asString();
            String cookie = client.cookie("session").orElseThrow().getValue();
            String session = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
            JdbcClient db = server.get(JdbcClient.class);
            List<String> stored = new ArrayList<>();
            for (String column : List.of(
                    "session_id FROM spring_session",
                    "primary_id FROM spring_session",
                    "secret FROM webhook",
                    "url FROM webhook",
                    "sha256 FROM api_key",
                    "prefix FROM api_key")) {
                List<String> values =
                        db.sql("SELECT " + column).query(String.class).list();
                assertFalse(values.isEmpty(), column);
                stored.addAll(values);
            }
            for (String value : stored) {
                assertNotEquals(session, value.strip());
                assertNotEquals(cookie, value.strip());
                assertNotEquals(key, value);
                assertFalse(value.contains(secret), value);
                assertFalse(value.contains("hook.example.com") || value.contains("secret-of-the-channel"), value);
                // The stored text is not accepted as a session id.
                String forged = Base64.getEncoder().encodeToString(value.strip().getBytes(StandardCharsets.UTF_8));
                server.client()
                        .withHeader("Cookie", "session=" + forged)
                        .get("/api/account")
                        .assertError(401, "unauthorized");
            }
            client.get("/api/account").assertStatus(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyCanBeReplacedAndALostOneIsReported(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(with(database, FIRST_KEY))) {
            setWebhook(signedUp(server));
        }
        Map<String, Object> before = webhook(database);
        TestServer.start(with(database, SECOND_KEY + "," + FIRST_KEY)).close();
        Map<String, Object> after = webhook(database);
        assertNotEquals(before.get("secret"), after.get("secret"));
        assertNotEquals(before.get("url"), after.get("url"));
        try (TestServer server = TestServer.start(with(database, SECOND_KEY))) {
            assertEquals(after, webhook(database));
            TestClient client = server.client();
            client.post("/api/auth/login", CREDENTIALS).assertStatus(200);
            assertEquals(
                    WEBHOOK_URL,
                    client.get("/api/webhook").json().at("/webhook/url").asString());
        }

        Exception lost = assertThrows(
                Exception.class,
                () -> TestServer.start(with(database, FIRST_KEY)).close());
        String line = new StartupFailureAnalyzer().analyze(lost).getDescription();
        assertTrue(line.contains("1 webhook cannot be decrypted"), line);
    }

    private static List<String> with(List<String> database, String keys) {
        List<String> settings = new ArrayList<>(database);
        settings.add("--websentry.encryption.keys=" + keys);
        return settings;
    }

    private static Map<String, Object> webhook(List<String> database) {
        return ServerDatabase.of(database)
                .sql("SELECT url, secret FROM webhook")
                .query()
                .singleRow();
    }
}
