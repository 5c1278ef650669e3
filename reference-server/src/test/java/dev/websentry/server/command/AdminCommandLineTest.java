package dev.websentry.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdminCommandLineTest {
    private static final String EMAIL = "admin@example.com";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource
    void commandsWorkWhileTheServerIsRunning(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(database)) {
            TestClient client = server.client();
            client.post("/api/auth/signup", credentials("a long password")).assertStatus(200);

            assertEquals(0, run(database, "", "set-plan", "Admin@Example.com", "Agency"));
            assertEquals("admin@example.com is now on the agency plan\n", out.toString(StandardCharsets.UTF_8));
            assertEquals(
                    "agency",
                    client.get("/api/account").json().at("/account/plan").asString());

            assertEquals(0, run(database, "", "set-admin", EMAIL));
            AccountRepository accounts = server.get(AccountRepository.class);
            assertTrue(accounts.find(Email.parse(EMAIL)).orElseThrow().admin());

            assertEquals(0, run(database, "another password\n", "set-password", EMAIL));
            client.get("/api/account").assertError(401, "unauthorized");
            server.client()
                    .post("/api/auth/login", credentials("another password"))
                    .assertStatus(200);

            assertEquals(1, run(database, "", "set-plan", "nobody@example.com", "pro"));
            assertTrue(error().contains("No account has the e-mail address 'nobody@example.com'"), error());
            assertEquals(1, run(database, "", "set-plan", EMAIL, "gold"));
            assertTrue(error().contains("Unknown plan 'gold'; use one of free, pro, agency"), error());
            assertEquals(1, run(database, "", "set-password", EMAIL));
            assertTrue(error().contains("No password on standard input"), error());
            assertEquals(1, run(database, "short\n", "set-password", EMAIL));
            assertTrue(error().contains("The password has 5 characters; use 10 to 1000"), error());
            assertEquals(
                    Plan.AGENCY, accounts.find(Email.parse(EMAIL)).orElseThrow().plan());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void invalidCommandsPrintTheUsage(DatabaseVendor vendor) {
        assertEquals(2, run(List.of(), "", "set-plan", EMAIL));
        assertTrue(
                error().contains("Unknown command or wrong arguments: set-plan admin@example.com")
                        && error().contains("Usage:"),
                error());
        assertEquals(2, run(List.of(), "", "serve"));
        assertEquals(0, run(List.of(), "", "--help"));
        assertFalse(AdminCommandLine.isCommand(new String[] {"--server.port=80"}));
        assertFalse(AdminCommandLine.isCommand(new String[0]));
    }

    private int run(List<String> settings, String input, String... words) {
        return AdminCommandLine.run(
                Stream.concat(Stream.of(words), settings.stream()).toArray(String[]::new),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String credentials(String password) {
        return "{\"email\": \"" + EMAIL + "\", \"password\": \"" + password + "\"}";
    }
}
