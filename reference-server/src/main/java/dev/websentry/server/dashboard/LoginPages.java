package dev.websentry.server.dashboard;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.login.Credentials;
import dev.websentry.server.login.Logins;
import dev.websentry.server.login.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Signing up, logging in and out. */
@Controller
class LoginPages {
    private final Logins logins;
    private final Sessions sessions;

    LoginPages(Logins logins, Sessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    @GetMapping("/signup")
    @AllowedTo(Who.ANYONE)
    ModelAndView signUp() {
        return new ModelAndView("signup");
    }

    @PostMapping("/signup")
    @AllowedTo(Who.ANYONE)
    ModelAndView signUp(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            Caller caller,
            HttpServletRequest request) {
        try {
            sessions.start(request, logins.signUp(new Credentials(email, password), caller.address()));
            return new ModelAndView("redirect:/");
        } catch (ApiException refused) {
            return FormAnswer.refused("signup", refused).addObject("email", email);
        }
    }

    @GetMapping("/login")
    @AllowedTo(Who.ANYONE)
    ModelAndView logIn(@RequestParam(defaultValue = "/") String next) {
        return new ModelAndView("login").addObject("next", ownPath(next));
    }

    @PostMapping("/login")
    @AllowedTo(Who.ANYONE)
    ModelAndView logIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "/") String next,
            Caller caller,
            HttpServletRequest request) {
        try {
            sessions.start(request, logins.logIn(new Credentials(email, password), caller.address()));
            return new ModelAndView("redirect:" + ownPath(next));
        } catch (ApiException refused) {
            return FormAnswer.refused("login", refused)
                    .addObject("email", email)
                    .addObject("next", ownPath(next));
        }
    }

    @PostMapping("/logout")
    @AllowedTo(Who.ANYONE)
    String logOut(HttpServletRequest request) {
        sessions.end(request);
        return "redirect:/?done=logged-out";
    }

    /** A page of ours: "//host" and "/\host" lead elsewhere, and braces would be filled in by the redirect. */
    static String ownPath(String next) {
        boolean own = next.matches("/[A-Za-z0-9._~%?&=:\\[\\]+/-]*") && !next.startsWith("//");
        return own ? next : "/";
    }
}
