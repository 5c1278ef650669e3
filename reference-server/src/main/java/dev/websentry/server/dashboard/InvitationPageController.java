package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.InvitationService;
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

/** Serves the page that an invitation opens. Opening it changes nothing; its form creates the account. */
@Controller
@RequestMapping("/invitation")
class InvitationPageController {
    private final InvitationService invitations;
    private final SessionService sessions;

    InvitationPageController(InvitationService invitations, SessionService sessions) {
        this.invitations = invitations;
        this.sessions = sessions;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(@RequestParam(defaultValue = "") String token) {
        return form(new ModelAndView("invitation"), token);
    }

    @PostMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView accept(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Account account = invitations.accept(token, password, caller.address());
            sessions.start(request, response, account);
            return new ModelAndView("redirect:/?done=account-ready");
        } catch (ApiException refused) {
            return form(FormErrorModel.of("invitation", refused), token);
        }
    }

    private ModelAndView form(ModelAndView page, String token) {
        return page.addObject("token", token)
                .addObject("email", invitations.findEmail(token).orElse(null));
    }
}
