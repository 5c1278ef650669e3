package dev.websentry.server.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Replaces the connection pool of a server by one that waits a minute for a connection. That of the server waits some
 * seconds, for which a busy machine may stop. Only tests of outages need the timeouts of the server; the URLs of their
 * databases do not contain {@link DatabaseVendor#TIMEOUTS}.
 */
final class PatientConnectionPool implements DestructionAwareBeanPostProcessor {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private HikariDataSource replacement;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof HikariDataSource pool)
                || pool.getJdbcUrl() == null
                || !pool.getJdbcUrl().contains(DatabaseVendor.TIMEOUTS)) {
            return bean;
        }
        // A pool that has started takes over new timeouts only after half a minute.
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        pool.close();
        config.setConnectionTimeout(TIMEOUT.toMillis());
        config.setValidationTimeout(TIMEOUT.toMillis());
        replacement = new HikariDataSource(config);
        return replacement;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return replacement != null && bean instanceof HikariDataSource;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        replacement.close();
    }
}
