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

/** Sessions over the API. */
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
    Ok signUp(@RequestBody Credentials typed, Caller caller, HttpServletRequest request) {
        sessions.start(request, logins.signUp(typed, caller.address()));
        return Ok.OK;
    }

    @PostMapping("/login")
    @AllowedTo(Who.ANYONE)
    Ok logIn(@RequestBody Credentials typed, Caller caller, HttpServletRequest request) {
        sessions.start(request, logins.logIn(typed, caller.address()));
        return Ok.OK;
    }

    /** Whoever is not logged in has nothing left to do, and is told so. */
    @PostMapping("/logout")
    @AllowedTo(Who.ANYONE)
    Ok logOut(HttpServletRequest request) {
        sessions.end(request);
        return Ok.OK;
    }

    @PostMapping("/password")
    @AllowedTo(Who.SESSION)
    Ok changePassword(@RequestBody PasswordChange typed, Caller.SessionAccount caller, HttpServletRequest request) {
        sessions.start(request, logins.changePassword(caller.owner(), typed, caller.address()));
        return Ok.OK;
    }
}
