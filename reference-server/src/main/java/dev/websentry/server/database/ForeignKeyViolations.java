package dev.websentry.server.database;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognizes violations of foreign key constraints. */
public final class ForeignKeyViolations {
    /** The SQLSTATE of PostgreSQL for this violation. The code in SQL:2016, 23000, covers all constraints. */
    private static final String POSTGRESQL_VIOLATION = "23503";

    private ForeignKeyViolations() {}

    /** Returns whether a write failed because the row that it references does not exist. */
    public static boolean isForeignKeyViolation(DataAccessException failure) {
        Throwable cause = failure.getMostSpecificCause();
        if (cause instanceof SQLiteException sqlite) {
            return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY;
        }
        return cause instanceof SQLException sql && POSTGRESQL_VIOLATION.equals(sql.getSQLState());
    }
}
