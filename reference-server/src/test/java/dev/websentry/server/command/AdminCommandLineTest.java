package dev.websentry.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @EnumSource
    void accountsAreCreatedAndDeletedAndTheLastAdministratorStays(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(database)) {
            AccountRepository accounts = server.get(AccountRepository.class);
            assertEquals(0, run(database, "a long password\n", "create-account", "--admin", EMAIL));
            assertEquals("Created the administrator admin@example.com on the agency plan\n", out.toString());
            server.client()
                    .post("/api/auth/login", credentials("a long password"))
                    .assertStatus(200);
            assertEquals(1, run(database, "", "unset-admin", EMAIL));
            assertEquals(1, run(database, "", "delete-account", EMAIL));
            assertEquals(
                    2,
                    error().lines()
                            .filter(line -> line.contains("the last administrator"))
                            .count(),
                    error());

            assertEquals(0, run(database, "a long password\n", "create-account", "two@example.com"));
            assertEquals(Plan.FREE, account(accounts, "two@example.com").plan());
            assertEquals(
                    0,
                    run(
                            List.of(database.get(0), "--websentry.default-plan=pro"),
                            "a long password\n",
                            "create-account",
                            "three@example.com"));
            assertEquals(Plan.PRO, account(accounts, "three@example.com").plan());
            assertEquals(0, run(database, "a long password\n", "create-account", "4@example.com", "--plan", "agency"));
            assertFalse(account(accounts, "4@example.com").admin());
            assertEquals(1, run(database, "a long password\n", "create-account", "two@example.com"));
            assertTrue(error().contains("The account two@example.com exists already"), error());

            assertEquals(0, run(database, "", "set-admin", "two@example.com"));
            assertEquals(0, run(database, "", "unset-admin", EMAIL));
            assertFalse(account(accounts, EMAIL).admin());
            assertEquals(0, run(database, "", "delete-account", EMAIL));
            assertTrue(accounts.find(Email.parse(EMAIL)).isEmpty());
        }
    }

    private static Account account(AccountRepository accounts, String email) {
        return accounts.find(Email.parse(email)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create-account",
                "delete-account",
                "set-plan",
                "set-admin",
                "unset-admin",
                "set-password",
                "audit",
                "backup",
                "discard-webhooks"
            })
    void everyCommandHasHelpAndVersion(String command) {
        assertEquals(0, runExactly("--help"));
        assertTrue(out.toString().contains("\n  " + command + " "), out.toString());
        for (String[] words : new String[][] {{command, "--help"}, {command, "-h"}, {"help", command}}) {
            out.reset();
            assertEquals(0, runExactly(words));
            assertTrue(out.toString().contains("Usage: java -jar reference-server.jar " + command), out.toString());
        }
        out.reset();
        assertEquals(0, runExactly(command, "--version"));
        assertTrue(out.toString().startsWith("WebSentry "), out.toString());
        assertEquals("", error());
    }

    @ParameterizedTest
    @EnumSource
    void auditLogIsListedAndWebhooksCanBeDiscarded(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(database)) {
            server.client()
                    .post("/api/auth/signup", credentials("a long password"))
                    .assertStatus(200);
        }
        assertEquals(0, run(database, "", "set-plan", EMAIL, "pro"));
        out.reset();
        assertEquals(0, run(database, "", "audit", EMAIL));
        String lines = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                lines.lines()
                        .anyMatch(line ->
                                line.matches("\\S+Z\tPLAN_CHANGED\tcommand line\tadmin@example.com\t\tplan=pro")),
                lines);
        assertTrue(lines.contains("\tACCOUNT_CREATED\tadmin@example.com\tadmin@example.com\t"), lines);
        assertEquals(0, run(database, "", "discard-webhooks"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Deleted 0 webhooks"), out.toString());
    }

    @Test
    void settingsMayStandAnywhere() {
        String database = DatabaseVendor.SQLITE.freshDatabase().get(0);
        TestServer.start(List.of(database)).close();
        assertEquals(1, runExactly(database, "set-plan", "--websentry.signup=closed", EMAIL, "pro"));
        assertEquals("No account has the e-mail address '" + EMAIL + "'\n", error());
    }

    @Test
    void databaseThatDoesNotExistIsNotCreated(@TempDir Path folder) {
        assertEquals(1, runExactly("--websentry.data-dir=" + folder, "set-plan", EMAIL, "pro"));
        assertTrue(error().startsWith("No database found at " + folder.resolve("websentry.db")), error());
        assertEquals(1, error().lines().count(), error());
        assertFalse(Files.exists(folder.resolve("websentry.db")));
    }

    @Test
    void databaseThatDoesNotRespondAndInvalidSettingsAreReportedInOneLine() {
        assertEquals(1, runExactly("set-admin", EMAIL, "--websentry.db.url=jdbc:postgresql://127.0.0.1:1/none"));
        assertTrue(error().startsWith("Cannot open the database: "), error());
        assertEquals(1, error().lines().count(), error());
        err.reset();
        assertEquals(1, runExactly("--websentry.data-dri=x", "set-admin", EMAIL));
        assertTrue(error().startsWith("websentry.data-dri: unknown setting"), error());
        assertEquals(1, error().lines().count(), error());
    }

    @ParameterizedTest
    @EnumSource
    void databaseOfAnotherVersionIsNotChanged(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        if (vendor == DatabaseVendor.POSTGRESQL) {
            assertEquals(1, run(database, "", "set-admin", EMAIL));
            assertTrue(error().contains("The database has no tables yet; start the server once"), error());
            err.reset();
        }
        TestServer.start(database).close();
        ServerDatabase.of(database)
                .sql("UPDATE flyway_schema_history SET version = '999'")
                .update();
        assertEquals(1, run(database, "", "set-admin", EMAIL));
        assertTrue(error().contains("schema version 999 of a newer server version"), error());
    }

    @Test
    void unknownCommandIsRejectedWithTheNearestName() {
        assertEquals(2, runExactly("set-pln", EMAIL, "pro"));
        assertEquals("Unknown command 'set-pln'; did you mean set-plan? --help lists all commands\n", error());
        err.reset();
        assertEquals(2, runExactly("--server.port=80", "serve"));
        assertTrue(error().startsWith("Unknown command 'serve'; "), error());
        err.reset();
        assertEquals(2, runExactly("set-plan", EMAIL));
        assertTrue(
                error().contains("Missing required parameter: 'PLAN'; set-plan --help describes the command"), error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "-h", "--version", "version", "-V"})
    void helpAndVersionStartNoServer(String word) {
        assertTrue(AdminCommandLine.isCommand(new String[] {"--server.port=80", word}));
        assertEquals(0, runExactly("--server.port=80", word));
        String printed = out.toString(StandardCharsets.UTF_8);
        assertTrue(printed.startsWith("Usage: ") || printed.startsWith("WebSentry "), printed);
    }

    @Test
    void onlySettingsStartTheServer() {
        assertFalse(AdminCommandLine.isCommand(new String[] {"--server.port=80"}));
        assertFalse(AdminCommandLine.isCommand(new String[0]));
        assertTrue(AdminCommandLine.isCommand(new String[] {"--server.port=80", "set-plan"}));
    }

    private int runExactly(String... arguments) {
        return run(List.of(), "", arguments);
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
