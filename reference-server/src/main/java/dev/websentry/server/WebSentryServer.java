package dev.websentry.server;

import dev.websentry.server.account.Passwords;
import dev.websentry.server.command.Commands;
import dev.websentry.server.settings.SettingTexts;
import dev.websentry.server.settings.Settings;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Serves the API and the pages; with a command as its first argument, runs that instead. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class, proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
@EnableScheduling
@Import(SettingTexts.class)
public class WebSentryServer {
    public static void main(String[] args) {
        if (Commands.isCommand(args)) {
            System.exit(Commands.run(args, System.in, System.out, System.err));
        }
        SpringApplication.run(WebSentryServer.class, args);
    }

    /** Asked by everything that needs the time; a test sets another one. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Passwords passwords() {
        return new Passwords();
    }
}
