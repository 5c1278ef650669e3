package dev.websentry.server.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognizes failures of the database itself, which end without a change of the server: stopped, full, read-only. */
public final class DatabaseOutages {
    /** SQLSTATE classes (SQL:2016 and PostgreSQL, appendix A): connection failures and insufficient resources. */
    private static final Set<String> CLASSES = Set.of("08", "53", "58");

    /** Shutdown, crash, start, and a read-only server. */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "25006");

    private DatabaseOutages() {}

    /** Returns whether a failure was caused by a database that is not available or cannot be written to. */
    public static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || (cause instanceof SQLException sql && isOutage(sql))
                    // A failed rollback hides the failure before it.
                    || Stream.of(cause.getSuppressed()).anyMatch(DatabaseOutages::isOutage)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            return isOutage(sqlite.getResultCode());
        }
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null
                        && (STATES.contains(state)
                                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)))));
    }

    /** Compares the primary result code, which is the lowest byte of an extended one (sqlite.org/rescode.html). */
    private static boolean isOutage(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_FULL.code
                || primary == SQLiteErrorCode.SQLITE_IOERR.code
                || primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_BUSY.code
                || primary == SQLiteErrorCode.SQLITE_NOMEM.code;
    }
}
