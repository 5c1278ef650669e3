package dev.websentry.server.database;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a refused write says of the row that it refers to. */
public final class ForeignKeys {
    /** SQL:2016 has it as 23000; PostgreSQL's own list of codes is finer. */
    private static final String POSTGRESQL_VIOLATION = "23503";

    private ForeignKeys() {}

    /** Whether a row was refused because the one that it belongs to is gone. */
    public static boolean isViolated(DataAccessException refused) {
        Throwable cause = refused.getMostSpecificCause();
        if (cause instanceof SQLiteException sqlite) {
            return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY;
        }
        return cause instanceof SQLException sql && POSTGRESQL_VIOLATION.equals(sql.getSQLState());
    }
}
