package dev.websentry.server.auth;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Configures how passwords are verified: by Spring Security's provider, which also publishes the events. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {
    /** The background task, which the scheduler collects from the beans. */
    @Bean
    Task<String> sendPasswordResetLink(PasswordResetTask task) {
        return task.task();
    }

    /**
     * Verifies e-mail addresses and passwords. Unknown addresses take as long as known ones. A disabled account is only
     * named to a user who knows its password.
     */
    @Bean
    AuthenticationManager passwordAuthentication(
            AccountUserDetailsService accounts, PasswordEncoder passwords, AuthenticationEventPublisher events) {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(accounts);
        provider.setPasswordEncoder(passwords);
        provider.setPreAuthenticationChecks(user -> {});
        provider.setPostAuthenticationChecks(new AccountStatusUserDetailsChecker());
        ProviderManager manager = new ProviderManager(provider);
        manager.setAuthenticationEventPublisher(events);
        return manager;
    }
}
