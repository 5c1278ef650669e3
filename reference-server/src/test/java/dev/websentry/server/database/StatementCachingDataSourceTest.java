package dev.websentry.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class StatementCachingDataSourceTest {
    private static final String SELECT = "SELECT name FROM thing WHERE id = ?";
    private static final String INSERT = "INSERT INTO thing (id, name) VALUES (?, ?)";

    @TempDir
    Path folder;

    private StatementCachingDataSource source;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        SQLiteDataSource sqlite = new SQLiteDataSource(config);
        sqlite.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
        source = new StatementCachingDataSource(sqlite);
        connection = source.getConnection();
        execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)");
        insert(connection, 1, "one");
        insert(connection, 2, "two");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void statementIsReused() throws SQLException {
        Statement first = used(1, "one");
        assertSame(first, used(2, "two"));
    }

    @Test
    void openStatementIsNotReused() throws SQLException {
        try (PreparedStatement outer = connection.prepareStatement(SELECT);
                PreparedStatement inner = connection.prepareStatement(SELECT)) {
            assertNotSame(innermost(outer), innermost(inner));
            assertEquals("one", name(outer, 1));
            assertEquals("two", name(inner, 2));
        }
        used(1, "one");
    }

    @Test
    void failedStatementIsReused() throws SQLException {
        assertThrows(SQLException.class, () -> insert(connection, 1, "twice"));
        insert(connection, 3, "three");
        used(3, "three");
    }

    /** The driver closes a statement whose execution fails, for example on a full disk. */
    @Test
    void statementThatTheDriverHasClosedIsReplaced() throws SQLException {
        used(1, "one").close();
        used(2, "two");
    }

    @Test
    void cachedStatementSeesSchemaChanges() throws SQLException {
        used(1, "one");
        execute("ALTER TABLE thing RENAME COLUMN name TO old");
        execute("ALTER TABLE thing ADD COLUMN name TEXT DEFAULT 'new'");
        used(1, "new");
    }

    /**
     * A cached statement that was not reset would keep its snapshot of the database, and with it the write-ahead log.
     */
    @Test
    void cachedStatementHoldsNoSnapshot() throws SQLException {
        try (PreparedStatement all = connection.prepareStatement("SELECT name FROM thing ORDER BY id")) {
            all.executeQuery().next();
        }
        try (Connection other = source.getConnection()) {
            insert(other, 3, "three");
            try (Statement checkpoint = other.createStatement();
                    ResultSet row = checkpoint.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertEquals(0, row.getInt("busy"));
            }
        }
        used(3, "three");
    }

    private Statement used(int id, String expected) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            assertEquals(expected, name(statement, id));
            return innermost(statement);
        }
    }

    private static String name(PreparedStatement statement, int id) throws SQLException {
        statement.setInt(1, id);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : "none";
        }
    }

    private static Statement innermost(PreparedStatement statement) {
        return ((DelegatingPreparedStatement) statement).getInnermostDelegate();
    }

    private static void insert(Connection connection, int id, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, id);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
