package dev.websentry.server.auth;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API endpoints for sign-up, login, logout and password change. */
@RestController
@RequestMapping("/api/auth")
class AuthController {
    private final AuthenticationService logins;
    private final SignupService signups;
    private final SessionService sessions;

    AuthController(AuthenticationService logins, SignupService signups, SessionService sessions) {
        this.logins = logins;
        this.signups = signups;
        this.sessions = sessions;
    }

    @PostMapping("/signup")
    @RequiresAccess(AccessLevel.ANYONE)
    SuccessResponse signUp(@RequestBody CredentialsRequest credentials, Caller caller, HttpServletRequest request) {
        sessions.start(request, signups.signUp(credentials, caller.address()));
        return SuccessResponse.OK;
    }

    @PostMapping("/login")
    @RequiresAccess(AccessLevel.ANYONE)
    SuccessResponse logIn(@RequestBody CredentialsRequest credentials, Caller caller, HttpServletRequest request) {
        sessions.start(request, logins.logIn(credentials, caller.address()));
        return SuccessResponse.OK;
    }

    /** Ends the session. Succeeds without a session, too. */
    @PostMapping("/logout")
    @RequiresAccess(AccessLevel.ANYONE)
    SuccessResponse logOut(HttpServletRequest request) {
        sessions.end(request);
        return SuccessResponse.OK;
    }

    @PostMapping("/password")
    @RequiresAccess(AccessLevel.SESSION)
    SuccessResponse changePassword(
            @RequestBody ChangePasswordRequest change, Caller.SessionCaller caller, HttpServletRequest request) {
        String session = sessions.key(request);
        sessions.start(request, logins.changePassword(caller.owner(), change, session, caller.address()));
        return SuccessResponse.OK;
    }
}
