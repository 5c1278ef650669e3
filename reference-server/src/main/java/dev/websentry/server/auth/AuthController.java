package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
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
    private final DeviceCookie devices;

    AuthController(AuthenticationService logins, SignupService signups, SessionService sessions, DeviceCookie devices) {
        this.logins = logins;
        this.signups = signups;
        this.sessions = sessions;
        this.devices = devices;
    }

    @PostMapping("/signup")
    @RequiresAccess(AccessLevel.ANYONE)
    SuccessResponse signUp(
            @Valid @RequestBody CredentialsRequest credentials,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        return start(request, response, signups.signUp(credentials, caller.address()));
    }

    @PostMapping("/login")
    @RequiresAccess(AccessLevel.ANYONE)
    SuccessResponse logIn(
            @Valid @RequestBody CredentialsRequest credentials,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        return start(request, response, logins.logIn(credentials, caller.address(), devices.read(request)));
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
            @Valid @RequestBody ChangePasswordRequest change,
            Caller.SessionCaller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        String session = sessions.key(request);
        return start(request, response, logins.changePassword(caller.owner(), change, session, caller.address()));
    }

    private SuccessResponse start(HttpServletRequest request, HttpServletResponse response, Account account) {
        sessions.start(request, response, account);
        return SuccessResponse.OK;
    }
}
