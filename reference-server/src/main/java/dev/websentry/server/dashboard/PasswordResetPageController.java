package dev.websentry.server.dashboard;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.PasswordResetRequestService;
import dev.websentry.server.auth.PasswordResetService;
import dev.websentry.server.auth.SessionService;
import dev.websentry.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Serves the page that requests a reset link, and the page that such a link opens. Opening a link changes nothing,
 * because mail scanners open links; its form does.
 */
@Controller
class PasswordResetPageController {
    private final PasswordResetRequestService requests;
    private final PasswordResetService resets;
    private final SessionService sessions;

    PasswordResetPageController(
            PasswordResetRequestService requests, PasswordResetService resets, SessionService sessions) {
        this.requests = requests;
        this.resets = resets;
        this.sessions = sessions;
    }

    @GetMapping("/forgot-password")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView forgot() {
        return new ModelAndView("forgot-password").addObject("byMail", requests.isAvailable());
    }

    @PostMapping("/forgot-password")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView request(@RequestParam(defaultValue = "") String email, Caller caller) {
        try {
            requests.request(email, caller.address());
            return new ModelAndView("redirect:/forgot-password?done=reset-requested");
        } catch (ApiException refused) {
            return FormErrorModel.of("forgot-password", refused)
                    .addObject("byMail", requests.isAvailable())
                    .addObject("email", email);
        }
    }

    @GetMapping("/reset-password")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView form(@RequestParam(defaultValue = "") String token) {
        return form(new ModelAndView("reset-password"), token);
    }

    @PostMapping("/reset-password")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView reset(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            Caller caller,
            HttpServletRequest request) {
        try {
            resets.reset(token, password, caller.address());
            sessions.end(request);
            return new ModelAndView("redirect:/login?done=password-reset");
        } catch (ApiException refused) {
            return form(FormErrorModel.of("reset-password", refused), token);
        }
    }

    private ModelAndView form(ModelAndView page, String token) {
        return page.addObject("token", token)
                .addObject("email", resets.findEmail(token).orElse(null));
    }
}
