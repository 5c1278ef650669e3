package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.CredentialsRequest;
import dev.websentry.server.auth.OwnerSetupService;
import dev.websentry.server.auth.SessionService;
import dev.websentry.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the first-run page, which creates the administrator of a new server. */
@Controller
@RequestMapping("/setup")
class SetupPageController {
    private final OwnerSetupService setup;
    private final SessionService sessions;

    SetupPageController(OwnerSetupService setup, SessionService sessions) {
        this.setup = setup;
        this.sessions = sessions;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(@RequestParam(defaultValue = "") String code) {
        return setup.isComplete()
                ? new ModelAndView("redirect:/login")
                : new ModelAndView("setup").addObject("code", code);
    }

    @PostMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView create(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Account owner = setup.createOwner(code, new CredentialsRequest(email, password), caller.address());
            sessions.start(request, response, owner);
            return new ModelAndView("redirect:/?done=setup");
        } catch (ApiException refused) {
            return FormErrorModel.of("setup", refused).addObject("code", code).addObject("email", email);
        }
    }
}
