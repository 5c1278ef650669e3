package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.auth.SessionService;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Determines the caller of a request. The session is looked up on first use, so that requests for static resources need
 * no query, and only once per request.
 */
@Component
public final class CallerResolver {
    private static final String ATTRIBUTE = Caller.class.getName();

    private final SessionService sessions;

    CallerResolver(SessionService sessions) {
        this.sessions = sessions;
    }

    /** Stores the caller of a request, so that {@link #resolve} returns it. */
    static void remember(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** Returns the caller: the one that was stored, the account of the session, or an anonymous caller. */
    public Caller resolve(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller known) {
            return known;
        }
        ClientAddress address = new ClientAddress(request.getRemoteAddr());
        Account account = sessions.currentAccount(request).orElse(null);
        Caller caller =
                account == null ? new Caller.AnonymousCaller(address) : new Caller.SessionCaller(account, address);
        remember(request, caller);
        return caller;
    }
}
