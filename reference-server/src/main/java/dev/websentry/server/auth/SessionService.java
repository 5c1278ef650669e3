package dev.websentry.server.auth;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.token.SecureTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/** Starts and ends HTTP sessions and determines the account that is logged in. */
@Component
public class SessionService {
    /** Spring Session stores this attribute in an indexed column, so that all sessions of an account can be found. */
    private static final String ACCOUNT = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

    private static final String CREDENTIALS = "credentials";

    private final AccountRepository accounts;
    private final DeviceCookie devices;

    SessionService(AccountRepository accounts, DeviceCookie devices) {
        this.accounts = accounts;
        this.devices = devices;
    }

    /**
     * Logs an account in with a new session id, which prevents session fixation, and marks the browser as known to the
     * account.
     */
    public void start(HttpServletRequest request, HttpServletResponse response, Account account) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setAttribute(ACCOUNT, account.id());
        session.setAttribute(CREDENTIALS, account.passwordFingerprint());
        devices.write(request, response, account);
    }

    /** Ends the session of the request, if there is one. */
    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /**
     * Returns a text that identifies the session of the request and does not reveal its id; empty without a session.
     */
    public String key(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? "" : Sha256.hex("limit " + session.getId());
    }

    /**
     * Returns the account that is logged in.
     *
     * @return empty if the request has no session, or if the account was deleted or disabled or its password was
     *     changed
     */
    public Optional<Account> currentAccount(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(ACCOUNT) instanceof String id)
                || !(session.getAttribute(CREDENTIALS) instanceof String credentials)) {
            return Optional.empty();
        }
        return accounts.find(id)
                .filter(account -> !account.disabled()
                        && SecureTokens.constantTimeEquals(account.passwordFingerprint(), credentials));
    }
}
