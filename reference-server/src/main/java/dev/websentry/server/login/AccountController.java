package dev.websentry.server.login;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.Ok;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API endpoints for the caller's own account. */
@RestController
@RequestMapping("/api/account")
class AccountController {
    private final Logins logins;
    private final Sessions sessions;
    private final AccountViews views;

    AccountController(Logins logins, Sessions sessions, AccountViews views) {
        this.logins = logins;
        this.sessions = sessions;
        this.views = views;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    AccountAnswer show(Caller.SessionAccount caller) {
        return new AccountAnswer(true, views.of(caller.owner()));
    }

    @DeleteMapping
    @AllowedTo(Who.SESSION)
    Ok delete(Caller.SessionAccount caller, HttpServletRequest request) {
        logins.delete(caller.owner());
        sessions.end(request);
        return Ok.OK;
    }

    /** The response with the account. */
    record AccountAnswer(boolean ok, AccountView account) {}
}
