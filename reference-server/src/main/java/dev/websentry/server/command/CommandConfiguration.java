package dev.websentry.server.command;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.PasswordHasher;
import dev.websentry.server.auth.AccountSessionRepository;
import dev.websentry.server.database.DatabaseConfiguration;
import dev.websentry.server.settings.SettingConverters;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The beans that commands need. Not a {@code @Configuration}, so that the server's component scan does not find it. */
@ImportAutoConfiguration({
    FlywayAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class
})
@EnableConfigurationProperties(WebSentryProperties.class)
@Import({
    SettingConverters.class,
    DatabaseConfiguration.class,
    AccountRepository.class,
    AccountSessionRepository.class,
    AccountCommands.class,
    DatabaseBackup.class
})
class CommandConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PasswordHasher passwords() {
        return new PasswordHasher();
    }
}
