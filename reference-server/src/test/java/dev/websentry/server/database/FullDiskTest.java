package dev.websentry.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite database that cannot grow. */
class FullDiskTest {
    private static final String SIGNUP = "{\"email\": \"EMAIL\", \"password\": \"correct horse battery\"}";

    @Test
    void writesToAFullDatabaseAreRejectedAsUnavailable() throws Exception {
        try (TestServer server = TestServer.start(DatabaseVendor.SQLITE.freshDatabase())) {
            limitPages(server, "1");
            TestResponse refused = null;
            for (int i = 0; i < 500 && (refused == null || refused.status() != 503); i++) {
                refused = signUp(server, "user-" + i + "@example.com");
            }
            refused.assertError(503, "busy");
            assertEquals("10", refused.header("Retry-After"));
            server.client().get("/").assertStatus(200);
            limitPages(server, "1000000");
            signUp(server, "later@example.com").assertStatus(200);
        }
    }

    /** Every connection of the pool has its own limit; SQLite raises it to the current size of the database. */
    private static void limitPages(TestServer server, String pages) throws Exception {
        HikariDataSource pool = server.get(HikariDataSource.class);
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                all.add(pool.getConnection());
            }
            for (Connection connection : all) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = " + pages);
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    @Test
    void serverOnAFullDiskIsNotReadyUntilThereIsSpace(@TempDir Path directory) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", directory.toString()) == 0,
                "needs the permission to mount a file system");
        try (TestServer server = TestServer.start(
                List.of("--websentry.data-dir=" + directory, "--management.endpoint.health.show-details=always"))) {
            TestClient management = new TestClient(() -> URI.create("http://127.0.0.1:" + server.managementPort()));
            management.get("/actuator/health/readiness").assertStatus(200);
            Path filler = directory.resolve("filler");
            fill(filler);
            TestResponse readiness = management.get("/actuator/health/readiness");
            readiness.assertStatus(503);
            management.get("/actuator/health/liveness").assertStatus(200);
            signUp(server, "me@example.com").assertError(503, "busy");
            server.client().get("/").assertStatus(200);
            Files.delete(filler);
            management.get("/actuator/health/readiness").assertStatus(200);
            signUp(server, "me@example.com").assertStatus(200);
        } finally {
            assertEquals(0, run("umount", directory.toString()));
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int i = 0; i < 100_000; i++) {
                out.write(block);
            }
            throw new AssertionError("the disk has more space than it should");
        } catch (IOException e) {
            assertTrue(Files.size(file) > 1_000_000, e.toString());
        }
    }

    private static TestResponse signUp(TestServer server, String email) {
        return server.client().post("/api/auth/signup", SIGNUP.replace("EMAIL", email));
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
