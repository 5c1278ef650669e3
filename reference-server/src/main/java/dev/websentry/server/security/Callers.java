package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.login.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Who sends a request: asked as late as possible, so that a style sheet costs no query, and once only. */
@Component
public final class Callers {
    private static final String ATTRIBUTE = Caller.class.getName();

    private final Sessions sessions;

    Callers(Sessions sessions) {
        this.sessions = sessions;
    }

    static void remember(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    public Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller known) {
            return known;
        }
        ClientAddress address = new ClientAddress(request.getRemoteAddr());
        Account account = sessions.current(request).orElse(null);
        Caller caller = account == null ? new Caller.Anonymous(address) : new Caller.SessionAccount(account, address);
        remember(request, caller);
        return caller;
    }
}
