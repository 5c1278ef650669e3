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
 * Opens connections that keep their prepared statements. SQLite's driver compiles a statement anew each time, which took two
 * fifths of the time of a query; PostgreSQL's driver keeps them itself. ADR 97.
 */
final class StatementPools extends DelegatingDataSource {
    /** More than the server has statements; the longest unused one goes first. */
    private static final int MOST = 200;

    StatementPools(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        PoolingConnection connection = new KeepingConnection(super.getConnection());
        GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(MOST);
        config.setMaxIdlePerKey(1);
        // The same statement may be open twice at once.
        config.setMaxTotalPerKey(-1);
        config.setBlockWhenExhausted(false);
        config.setJmxEnabled(false);
        GenericKeyedObjectPool<PStmtKey, DelegatingPreparedStatement> pool =
                new GenericKeyedObjectPool<>(connection, config);
        connection.setStatementPool(pool);
        return connection;
    }

    private static final class KeepingConnection extends PoolingConnection {
        KeepingConnection(Connection connection) {
            super(connection);
        }

        /** SQLite compiles a statement anew whose parameters were cleared; every use here sets all of them. */
        @Override
        public void passivateObject(PStmtKey key, PooledObject<DelegatingPreparedStatement> pooled)
                throws SQLException {
            ((PoolablePreparedStatement<?>) pooled.getObject()).passivate();
        }
    }
}
