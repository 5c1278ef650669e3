package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.settings.StartupFailureAnalyzer;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts an older server version with the database of a newer one. */
class NewerSchemaTest {
    @ParameterizedTest
    @EnumSource
    void databaseOfANewerVersionIsRejectedInOneLine(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        try (TestServer server = TestServer.start(database)) {
            server.get(JdbcClient.class)
                    .sql("""
                            INSERT INTO flyway_schema_history
                              (installed_rank, version, description, type, script, installed_by, installed_on,
                               execution_time, success)
                            VALUES (1000, '999', 'tomorrow', 'SQL', 'V999__tomorrow.sql', 'x', :now, 1, :yes)""")
                    .param(
                            "now",
                            vendor == DatabaseVendor.SQLITE
                                    ? "2026-01-01 00:00:00"
                                    : java.sql.Timestamp.valueOf("2026-01-01 00:00:00"))
                    .param("yes", true)
                    .update();
        }
        Exception failure =
                assertThrows(Exception.class, () -> TestServer.start(database).close());
        String line = new StartupFailureAnalyzer().analyze(failure).getDescription();
        assertEquals(
                "The database has schema version 999 of a newer server version, which this version does not support",
                line);
        assertTrue(line.lines().count() == 1, line);
    }
}
