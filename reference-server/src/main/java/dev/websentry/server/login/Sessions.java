package dev.websentry.server.login;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.token.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/** Who is logged in, held in the session that the request's cookie names. */
@Component
public class Sessions {
    /** Spring Session keeps this one in a column of its own, by which all of an account's sessions are found. */
    private static final String ACCOUNT = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

    private static final String CREDENTIALS = "credentials";

    private final AccountStore accounts;

    public Sessions(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** Logs in under a new session id: one that somebody else may have planted is worth nothing. */
    public void start(HttpServletRequest request, Account account) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setAttribute(ACCOUNT, account.id());
        session.setAttribute(CREDENTIALS, account.credentials());
    }

    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** The account that is logged in, while it exists, is not disabled and has the password that it logged in with. */
    public Optional<Account> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(ACCOUNT) instanceof String id)
                || !(session.getAttribute(CREDENTIALS) instanceof String credentials)) {
            return Optional.empty();
        }
        return accounts.find(id)
                .filter(account -> !account.disabled() && Tokens.same(account.credentials(), credentials));
    }
}
