package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.audit.AuditLog;
import java.util.Map;
import org.springframework.boot.actuate.security.AbstractAuthenticationAuditListener;
import org.springframework.boot.actuate.security.AuthenticationAuditListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Records sign-ins and failed ones in the audit log. Replaces Spring Boot's listener, which would store the e-mail
 * address as it was entered, and a user may have typed a password into that field.
 */
@Component
class LoginAuditListener extends AbstractAuthenticationAuditListener {
    private final AuditLog audit;
    private final AccountRepository accounts;

    LoginAuditListener(AuditLog audit, AccountRepository accounts) {
        this.audit = audit;
        this.accounts = accounts;
    }

    @Override
    public void onApplicationEvent(AbstractAuthenticationEvent event) {
        // Looks the account up in both cases, so that a failure takes the same time for an unknown account.
        String id = accounts.find(new Email(event.getAuthentication().getName()))
                .map(Account::id)
                .orElse("an unknown account");
        if (event instanceof AuthenticationSuccessEvent) {
            audit.record(AuthenticationAuditListener.AUTHENTICATION_SUCCESS, id, id, Map.of());
        } else if (event instanceof AbstractAuthenticationFailureEvent failure) {
            audit.record(
                    AuthenticationAuditListener.AUTHENTICATION_FAILURE,
                    AuditLog.ANONYMOUS,
                    id,
                    Map.of("reason", failure.getException().getClass().getSimpleName()));
        }
    }
}
