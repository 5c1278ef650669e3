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

/** Sessions in the database, so that any node knows them and a restart ends none. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(maxInactiveIntervalInSeconds = SessionConfiguration.LIFETIME_SECONDS)
class SessionConfiguration {
    static final int LIFETIME_SECONDS = 7 * 24 * 60 * 60;

    @Bean
    CookieSerializer sessionCookie() {
        return new SessionCookies(LIFETIME_SECONDS);
    }

    @Bean
    @Primary
    QuietSessions<?> quietSessions(JdbcIndexedSessionRepository stored) {
        return quiet(stored);
    }

    private static <S extends Session> QuietSessions<?> quiet(SessionRepository<S> stored) {
        return new QuietSessions<>(stored);
    }

    /**
     * Each statement by itself: in a transaction, SQLite would take the writers' lock to read a session. A session whose
     * attributes a crash cut off is nobody's.
     */
    @Bean("springSessionTransactionOperations")
    TransactionOperations sessionsWithoutTransaction() {
        return TransactionOperations.withoutTransaction();
    }

    /** SQLite understands PostgreSQL's ON CONFLICT, too. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> concurrentAttributes() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
