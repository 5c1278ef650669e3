package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.auth.SessionService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Loads the caller of the session, or an anonymous one. Spring Security calls it on the first use of the caller, so
 * that requests for static resources need no query, and only once per request. The session contains the id of the
 * account, not a serialized caller, so that a change of the account applies to the next request.
 */
@Component
final class CallerSecurityContextRepository implements SecurityContextRepository {
    private final SessionService sessions;

    CallerSecurityContextRepository(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("deprecation") // The inherited loadDeferredContext, which Spring Security uses, calls it.
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        HttpServletRequest request = holder.getRequest();
        ClientAddress address = new ClientAddress(request.getRemoteAddr());
        Account account = sessions.currentAccount(request).orElse(null);
        return new SecurityContextImpl(
                account == null ? new Caller.AnonymousCaller(address) : new Caller.SessionCaller(account, address));
    }

    /** Does nothing: {@link SessionService} starts sessions. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return request.getSession(false) != null;
    }
}
