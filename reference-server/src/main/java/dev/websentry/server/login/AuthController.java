package dev.websentry.server.login;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.Ok;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API endpoints for sign-up, login, logout and password change. */
@RestController
@RequestMapping("/api/auth")
class AuthController {
    private final Logins logins;
    private final Sessions sessions;

    AuthController(Logins logins, Sessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    @PostMapping("/signup")
    @AllowedTo(Who.ANYONE)
    Ok signUp(@RequestBody Credentials credentials, Caller caller, HttpServletRequest request) {
        sessions.start(request, logins.signUp(credentials, caller.address()));
        return Ok.OK;
    }

    @PostMapping("/login")
    @AllowedTo(Who.ANYONE)
    Ok logIn(@RequestBody Credentials credentials, Caller caller, HttpServletRequest request) {
        sessions.start(request, logins.logIn(credentials, caller.address()));
        return Ok.OK;
    }

    /** Ends the session. Succeeds without a session, too. */
    @PostMapping("/logout")
    @AllowedTo(Who.ANYONE)
    Ok logOut(HttpServletRequest request) {
        sessions.end(request);
        return Ok.OK;
    }

    @PostMapping("/password")
    @AllowedTo(Who.SESSION)
    Ok changePassword(@RequestBody PasswordChange change, Caller.SessionAccount caller, HttpServletRequest request) {
        sessions.start(request, logins.changePassword(caller.owner(), change, caller.address()));
        return Ok.OK;
    }
}
