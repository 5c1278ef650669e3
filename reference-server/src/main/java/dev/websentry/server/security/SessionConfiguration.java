package dev.websentry.server.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.transaction.support.TransactionOperations;

/** Stores sessions in the database, so that all nodes share them and they survive a restart. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(maxInactiveIntervalInSeconds = SessionConfiguration.LIFETIME_SECONDS)
class SessionConfiguration {
    static final int LIFETIME_SECONDS = 7 * 24 * 60 * 60;

    @Bean
    CookieSerializer sessionCookie() {
        return new SessionCookieSerializer(LIFETIME_SECONDS);
    }

    @Bean
    HashedSessionIdGenerator sessionIds() {
        return new HashedSessionIdGenerator();
    }

    @Bean
    @Primary
    ThrottledSessionRepository<?> throttledSessions(JdbcIndexedSessionRepository stored, HashedSessionIdGenerator ids) {
        return throttled(stored, ids);
    }

    private static <S extends Session> ThrottledSessionRepository<?> throttled(
            SessionRepository<S> stored, HashedSessionIdGenerator ids) {
        return new ThrottledSessionRepository<>(stored, ids);
    }

    /**
     * Runs each statement of the session repository without a transaction, because in a transaction SQLite would take
     * the write lock to read a session. If a crash leaves a session without its attributes, it belongs to no account.
     */
    @Bean("springSessionTransactionOperations")
    TransactionOperations sessionsWithoutTransaction() {
        return TransactionOperations.withoutTransaction();
    }

    /** Uses PostgreSQL's ON CONFLICT, which SQLite supports, too. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> concurrentAttributes() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
