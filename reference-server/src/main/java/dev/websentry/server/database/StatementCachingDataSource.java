package dev.websentry.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PStmtKey;
import org.apache.commons.dbcp2.PoolablePreparedStatement;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Data source whose connections cache prepared statements. The SQLite driver compiles a statement each time it is
 * prepared, which took two fifths of the time of a query. The PostgreSQL driver has its own cache. See ADR 53.
 */
final class StatementCachingDataSource extends DelegatingDataSource {
    /**
     * More than the number of distinct statements of the server. If it is exceeded, the least recently used one is
     * closed.
     */
    private static final int MAX_STATEMENTS = 200;

    StatementCachingDataSource(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        PoolingConnection connection = new StatementCachingConnection(super.getConnection());
        GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(MAX_STATEMENTS);
        config.setMaxIdlePerKey(1);
        config.setTestOnBorrow(true);
        // The same statement may be in use more than once at the same time.
        config.setMaxTotalPerKey(-1);
        config.setBlockWhenExhausted(false);
        config.setJmxEnabled(false);
        GenericKeyedObjectPool<PStmtKey, DelegatingPreparedStatement> pool =
                new GenericKeyedObjectPool<>(connection, config);
        connection.setStatementPool(pool);
        return connection;
    }

    private static final class StatementCachingConnection extends PoolingConnection {
        StatementCachingConnection(Connection connection) {
            super(connection);
        }

        /**
         * Returns false for a statement that the driver has closed, as it does if its execution fails, for example on a
         * full disk. It could never be executed again.
         */
        @Override
        public boolean validateObject(PStmtKey key, PooledObject<DelegatingPreparedStatement> pooled) {
            try {
                // Costs nothing, but fails if the statement is closed.
                Object unused = pooled.getObject().getMetaData();
                return true;
            } catch (SQLException e) {
                return false;
            }
        }

        /**
         * Does not clear the parameters, because SQLite would then recompile the statement. Every use sets all of them.
         */
        @Override
        public void passivateObject(PStmtKey key, PooledObject<DelegatingPreparedStatement> pooled)
                throws SQLException {
            ((PoolablePreparedStatement<?>) pooled.getObject()).passivate();
        }
    }
}
