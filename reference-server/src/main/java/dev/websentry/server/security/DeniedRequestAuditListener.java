package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.quota.HourlyLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.actuate.security.AbstractAuthorizationAuditListener;
import org.springframework.boot.actuate.security.AuthorizationAuditListener;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.security.authorization.event.AuthorizationEvent;
import org.springframework.stereotype.Component;

/**
 * Records in the audit log that an account was denied access, at most {@link #MAX_PER_HOUR} times per account and hour.
 * Replaces Spring Boot's listener, which would also store an event for each anonymous request, so that anyone could
 * fill the database.
 */
@Component
class DeniedRequestAuditListener extends AbstractAuthorizationAuditListener {
    /** Enough to see what an account tries. */
    static final int MAX_PER_HOUR = 20;

    private final AuditLog audit;
    private final HourlyLimiter limits;

    DeniedRequestAuditListener(AuditLog audit, HourlyLimiter limits) {
        this.audit = audit;
        this.limits = limits;
    }

    @Override
    public void onApplicationEvent(AuthorizationEvent event) {
        if (event instanceof AuthorizationDeniedEvent<?> denied
                && denied.getAuthentication().get() instanceof Caller caller
                && denied.getSource() instanceof HttpServletRequest request) {
            caller.account()
                    .map(Account::id)
                    .filter(this::isBelowLimit)
                    .ifPresent(id -> audit.record(
                            AuthorizationAuditListener.AUTHORIZATION_FAILURE,
                            id,
                            id,
                            Map.of("request", request.getMethod() + " " + request.getRequestURI())));
        }
    }

    private boolean isBelowLimit(String accountId) {
        return limits.tryCount("denied-request-account:" + accountId, MAX_PER_HOUR);
    }
}
