package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.AuthenticationService;
import dev.websentry.server.auth.CredentialsRequest;
import dev.websentry.server.auth.DeviceCookie;
import dev.websentry.server.auth.SessionService;
import dev.websentry.server.auth.SignupService;
import dev.websentry.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the sign-up and login pages and logs users out. */
@Controller
class LoginPageController {
    private final AuthenticationService logins;
    private final SignupService signups;
    private final SessionService sessions;
    private final DeviceCookie devices;

    LoginPageController(
            AuthenticationService logins, SignupService signups, SessionService sessions, DeviceCookie devices) {
        this.logins = logins;
        this.signups = signups;
        this.sessions = sessions;
        this.devices = devices;
    }

    @GetMapping("/signup")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView signUp() {
        return new ModelAndView("signup").addObject("plan", signups.defaultPlan());
    }

    @PostMapping("/signup")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView signUp(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Account account = signups.signUp(new CredentialsRequest(email, password), caller.address());
            sessions.start(request, response, account);
            return new ModelAndView("redirect:/");
        } catch (ApiException refused) {
            return FormErrorModel.of("signup", refused)
                    .addObject("email", email)
                    .addObject("plan", signups.defaultPlan());
        }
    }

    @GetMapping("/login")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView logIn(@RequestParam(defaultValue = "/") String next) {
        return new ModelAndView("login").addObject("next", safePath(next));
    }

    @PostMapping("/login")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView logIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "/") String next,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            CredentialsRequest credentials = new CredentialsRequest(email, password);
            Account account = logins.logIn(credentials, caller.address(), devices.read(request));
            sessions.start(request, response, account);
            return new ModelAndView("redirect:" + safePath(next));
        } catch (ApiException refused) {
            return FormErrorModel.of("login", refused).addObject("email", email).addObject("next", safePath(next));
        }
    }

    @PostMapping("/logout")
    @RequiresAccess(AccessLevel.ANYONE)
    String logOut(HttpServletRequest request) {
        sessions.end(request);
        return "redirect:/?done=logged-out";
    }

    /**
     * Returns the path if it is a URI reference that stays on this server, otherwise "/". Rejects "//host" and
     * "/\host", which lead to other hosts, also after dot segments are removed, and braces, which the redirect view
     * would expand.
     */
    private static String safePath(String next) {
        try {
            URI target = new URI(next);
            boolean local = next.matches("/[A-Za-z0-9._~%?&=:+/-]*")
                    && !target.isAbsolute()
                    && target.getRawAuthority() == null
                    && !target.getRawPath().contains("//")
                    && !target.getRawPath().contains("/.");
            return local ? next : "/";
        } catch (URISyntaxException e) {
            return "/";
        }
    }
}
