package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A start that fails for a reason that the operator can remove logs exactly one line. */
class StartFailureTest {
    @TempDir
    Path folder;

    /** Starts a server that fails. Returns its log, which must be one line. */
    private static String failure(List<String> settings) {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            assertThrows(Exception.class, () -> TestServer.start(settings).close());
        } finally {
            System.setOut(out);
        }
        String log = captured.toString(StandardCharsets.UTF_8);
        assertEquals(1, log.lines().count(), log);
        assertTrue(log.contains("The server did not start. "), log);
        return log;
    }

    private static List<String> with(List<String> database, String... more) {
        List<String> settings = new ArrayList<>(database);
        settings.addAll(List.of(more));
        return settings;
    }

    private static void assertContains(String text, String log) {
        assertTrue(log.contains(text), log);
    }

    @ParameterizedTest
    @EnumSource
    void changedMigration(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        TestServer.start(database).close();
        ServerDatabase.of(database)
                .sql("UPDATE flyway_schema_history SET checksum = checksum + 1")
                .update();
        assertContains("Migration checksum mismatch for migration version 1", failure(database));
    }

    @Test
    void dataDirectoryThatCannotBeCreated() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String log = failure(List.of("--websentry.data-dir=" + file.resolve("data")));
        assertContains("websentry.data-dir is '" + file.resolve("data") + "'", log);
        assertContains("Set WEBSENTRY_DATA_DIR", log);
    }

    @Test
    void fileThatIsNotADatabase() throws IOException {
        Files.writeString(folder.resolve("websentry.db"), "no database ".repeat(100));
        assertContains("Cannot open the database: ", failure(List.of("--websentry.data-dir=" + folder)));
    }

    @Test
    void keyFileWithoutAKey() throws IOException {
        Files.writeString(folder.resolve("websentry.key"), "no key");
        assertContains(
                "websentry.key does not contain a key of 32 bytes", failure(List.of("--websentry.data-dir=" + folder)));
    }

    @Test
    void portInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String log = failure(with(DatabaseVendor.SQLITE.freshDatabase(), "--server.port=" + other.getLocalPort()));
            assertContains("Port " + other.getLocalPort(), log);
        }
    }

    @Test
    void managementPortInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String log = failure(
                    with(DatabaseVendor.SQLITE.freshDatabase(), "--management.server.port=" + other.getLocalPort()));
            assertContains("ort " + other.getLocalPort(), log);
        }
    }

    @Test
    void databaseThatDoesNotRespond() {
        String log = failure(List.of("--websentry.db.url=jdbc:postgresql://127.0.0.1:1/none"));
        assertContains("Cannot open the database: ", log);
        assertContains("refused", log);
    }

    @ParameterizedTest
    @CsvSource({
        "--websentry.singup=closed, did you mean websentry.signup?",
        "--websentry.signup=maybe, websentry.signup is 'maybe'; use one of open",
        "--websentry.default-plan=gold, websentry.default-plan is 'gold'; use one of free",
        "--websentry.scan.queue=-1, websentry.scan.queue is -1; use 0 to 10000",
        "--websentry.audit.retention=1h, websentry.audit.retention is 1h; use 1d to 3650d",
        "--websentry.encryption.keys=c2VjcmV0, websentry.encryption.keys contains a value that is not 32 bytes",
        "--server.port=eighty, server.port is 'eighty'"
    })
    void invalidSetting(String setting, String reason) {
        String log = failure(with(DatabaseVendor.SQLITE.freshDatabase(), setting));
        assertContains(reason, log);
        assertTrue(!log.contains("c2VjcmV0"), log);
    }

    @Test
    void startLogNamesTheUrlToOpen() {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        String url;
        try (TestServer server =
                TestServer.start(with(DatabaseVendor.SQLITE.freshDatabase(), "--logging.level.dev.websentry=info"))) {
            url = server.url() + "/";
        } finally {
            System.setOut(out);
        }
        assertContains(
                "WebSentry is ready. It has no administrator yet: create yours at " + url + "setup?code=",
                captured.toString(StandardCharsets.UTF_8));
    }
}
