package dev.websentry.server.auth;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API endpoints for the caller's own account. */
@RestController
@RequestMapping("/api/account")
class AccountController {
    private final AuthenticationService logins;
    private final SessionService sessions;
    private final AccountViewFactory views;

    AccountController(AuthenticationService logins, SessionService sessions, AccountViewFactory views) {
        this.logins = logins;
        this.sessions = sessions;
        this.views = views;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    AccountResponse show(Caller.SessionCaller caller) {
        return new AccountResponse(true, views.create(caller.owner()));
    }

    @DeleteMapping
    @RequiresAccess(AccessLevel.SESSION)
    SuccessResponse delete(Caller.SessionCaller caller, HttpServletRequest request) {
        logins.deleteAccount(caller.owner());
        sessions.end(request);
        return SuccessResponse.OK;
    }

    /** The response with the account. */
    record AccountResponse(boolean ok, AccountView account) {}
}
