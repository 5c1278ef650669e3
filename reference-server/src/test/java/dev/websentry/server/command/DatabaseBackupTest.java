package dev.websentry.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseBackupTest {
    private static final int BEFORE = 5;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void serverStartsWithTheBackupOfARunningServer() throws Exception {
        Path file = folder.resolve("backup.db");
        List<String> database = DatabaseVendor.SQLITE.freshDatabase();
        AtomicInteger written = new AtomicInteger();
        try (TestServer server = TestServer.start(database)) {
            JdbcClient db = server.get(JdbcClient.class);
            for (int i = 0; i < BEFORE; i++) {
                signup(server.client(), written.getAndIncrement()).assertStatus(200);
            }
            AtomicBoolean over = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                while (!over.get()) {
                    insert(db, written.getAndIncrement());
                }
            });
            writer.start();
            assertEquals(0, run(database, file.toString()), this::error);
            over.set(true);
            writer.join();
        }
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Backed up to " + file), this::error);
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertOnly(file);

        Path restored = Files.createDirectories(folder.resolve("restored"));
        Files.copy(file, restored.resolve("websentry.db"));
        try (TestServer server = TestServer.start(List.of("--websentry.data-dir=" + restored))) {
            JdbcClient db = server.get(JdbcClient.class);
            assertEquals(
                    "ok", db.sql("PRAGMA integrity_check").query(String.class).single());
            int accounts =
                    db.sql("SELECT count(*) FROM account").query(Integer.class).single();
            assertTrue(accounts >= BEFORE && accounts <= written.get(), accounts + " of " + written.get());
            server.client().post("/api/auth/login", credentials(0)).assertStatus(200);
        }
    }

    @Test
    void backupNeitherOverwritesAFileNorCreatesADatabase() throws Exception {
        Path there = Files.writeString(folder.resolve("there"), "precious");
        List<String> database = DatabaseVendor.SQLITE.freshDatabase();
        Path data = Path.of(database.get(0).substring(database.get(0).indexOf('=') + 1));
        assertFails(database, folder.resolve("new.db"), "No database found at " + data.resolve("websentry.db"));
        assertFalse(Files.exists(data.resolve("websentry.db")), "the command created a database");

        TestServer.start(database).close();
        assertFails(database, there, there + " already exists; choose a new file for the backup");
        assertEquals("precious", Files.readString(there));
        assertFails(database, folder.resolve("no/such/place.db"), "does not exist; create it or choose another file");
        assertOnly(there);
    }

    @Test
    void postgresqlIsNotSupported() {
        assertFails(
                DatabaseVendor.POSTGRESQL.freshDatabase(),
                folder.resolve("new.db"),
                "use pg_dump to back up PostgreSQL");
    }

    private void assertFails(List<String> database, Path file, String reason) {
        err.reset();
        assertEquals(1, run(database, file.toString()));
        assertTrue(error().contains(reason), this::error);
        assertEquals(1, error().lines().count(), this::error);
    }

    private void assertOnly(Path expected) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(expected), files.toList());
        }
    }

    private int run(List<String> settings, String file) {
        return AdminCommandLine.run(
                Stream.concat(Stream.of("backup", file), settings.stream()).toArray(String[]::new),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static dev.websentry.server.testing.TestResponse signup(TestClient client, int number) {
        return client.post("/api/auth/signup", credentials(number));
    }

    private static void insert(JdbcClient db, int number) {
        db.sql("""
                        INSERT INTO account (id, email, password_hash, plan, created_at)
                        VALUES (:id, :email, 'x', 'free', 0)""")
                .param("id", "id" + number)
                .param("email", "row" + number + "@example.com")
                .update();
    }

    private static String credentials(int number) {
        return "{\"email\": \"user" + number + "@example.com\", \"password\": \"a long password\"}";
    }
}
