package dev.websentry.server.command;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Passwords;
import dev.websentry.server.database.DatabaseConfiguration;
import dev.websentry.server.login.SessionStore;
import dev.websentry.server.settings.SettingTexts;
import dev.websentry.server.settings.Settings;
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
@EnableConfigurationProperties(Settings.class)
@Import({
    SettingTexts.class,
    DatabaseConfiguration.class,
    AccountStore.class,
    SessionStore.class,
    AccountCommands.class,
    Backup.class
})
class CommandConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Passwords passwords() {
        return new Passwords();
    }
}
