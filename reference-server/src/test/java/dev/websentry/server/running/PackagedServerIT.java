package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestMailServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar uses the bean definitions that the build has generated, and its settings are still decided at run time. */
class PackagedServerIT {
    private static final String GENERATED = "Starting AOT-processed WebSentryServer";
    private static final String ACCOUNT = "{\"email\": \"me@example.com\", \"password\": \"correct horse battery\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void generatedDefinitionsServeEveryPart(DatabaseVendor vendor) throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, vendor.freshDatabase())) {
            assertTrue(server.log().contains(GENERATED), server.log());
            TestClient client = server.client();
            assertTrue(client.get("/login").assertStatus(200).body().contains("<form"));
            client.post("/api/auth/signup", ACCOUNT).assertStatus(200);
            client.get("/api/account").assertStatus(200);
            client.get("/monitors").assertStatus(200);
            client.post("/api/auth/login", "{").assertError(400, "invalid_request");
            client.get("/actuator/health").assertStatus(404);
            server.management().get("/actuator/health/readiness").assertStatus(200);
            server.management().get("/actuator/env").assertStatus(404);
            String metrics = server.management().get("/actuator/prometheus").body();
            assertTrue(metrics.contains("http_server_requests_seconds_count{"), metrics);
            assertTrue(metrics.contains("hikaricp_connections_active"), metrics);
        }
    }

    /** The build decided whether there is a mail sender, before it could know the settings. */
    @Test
    void settingsOfTheMailServerAndTheSignupTakeEffect() throws Exception {
        List<String> database = DatabaseVendor.SQLITE.freshDatabase();
        List<String> arguments = new ArrayList<>(database);
        arguments.addAll(List.of("create-account", "me@example.com"));
        // The schema is created by the first start.
        try (TestMailServer mail = TestMailServer.start()) {
            List<String> settings = new ArrayList<>(mail.settings(database));
            settings.add("--websentry.signup=closed");
            try (PackagedServer server = PackagedServer.start(folder, settings)) {
                assertTrue(server.log().contains(GENERATED), server.log());
                server.client().post("/api/auth/signup", ACCOUNT).assertStatus(403);
                PackagedServer.run(folder, 0, "correct horse battery\n", arguments);
                server.client()
                        .submit("/forgot-password", "/forgot-password", "email", "me@example.com")
                        .assertStatus(302);
                assertEquals(1, mail.await("me@example.com", 1).size());
            }
        }
    }

    @Test
    void settingThatChangesTheBeansTurnsTheGeneratedDefinitionsOff() throws Exception {
        List<String> settings = new ArrayList<>(DatabaseVendor.SQLITE.freshDatabase());
        settings.add("--management.endpoints.web.exposure.include=health,metrics");
        try (PackagedServer server = PackagedServer.start(folder, settings)) {
            assertFalse(server.log().contains(GENERATED), server.log());
            assertTrue(
                    server.log().contains("management.endpoints.web.exposure.include is set, which can change"),
                    server.log());
            server.management().get("/actuator/metrics").assertStatus(200);
            server.client().get("/login").assertStatus(200);
        }
    }

    /** With generated definitions, Spring reports some failures in other exceptions. */
    @Test
    void failedStartLogsOneLine() throws Exception {
        assertFailure(
                "Cannot open the database: ",
                "--websentry.db.url=jdbc:postgresql://127.0.0.1:1/none",
                "--websentry.encryption.keys=" + "A".repeat(43) + "=");
        assertFailure(
                "spring.mail.host is set, but websentry.mail.from is not",
                "--websentry.data-dir=" + folder.resolve("data"),
                "--spring.mail.host=127.0.0.1",
                "--websentry.public-url=https://a.example");
        assertFailure("websentry.singup", "--websentry.singup=closed");
    }

    private void assertFailure(String reason, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.addAll(List.of("--logging.level.root=warn", "--server.port=0", "--management.server.port=0"));
        String log = PackagedServer.run(folder, 1, "", arguments);
        assertEquals(1, log.lines().count(), log);
        assertTrue(log.contains("The server did not start. ") && log.contains(reason), log);
    }
}
