package dev.websentry.server;

import dev.websentry.server.account.HmacBcryptPasswordEncoder;
import dev.websentry.server.command.AdminCommandLine;
import dev.websentry.server.settings.SettingConverters;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Entry point of the reference server. Runs an administration command if the first argument is one; otherwise starts
 * the web server with the API and the dashboard.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class, proxyBeanMethods = false)
@EnableConfigurationProperties(WebSentryProperties.class)
@EnableScheduling
@Import(SettingConverters.class)
public class WebSentryServer {
    /**
     * Runs an administration command or starts the server.
     *
     * @param args a command and its arguments, or Spring Boot properties such as {@code --server.port=80}
     */
    public static void main(String[] args) {
        if (AdminCommandLine.isCommand(args)) {
            System.exit(AdminCommandLine.run(args, System.in, System.out, System.err));
        }
        ServerApplication.create().run(args);
    }

    /** The source of the current time for the whole server. Tests replace it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PasswordEncoder passwords() {
        return new HmacBcryptPasswordEncoder();
    }
}
