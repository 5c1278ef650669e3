package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.AccountView;
import dev.websentry.server.auth.AccountViewFactory;
import dev.websentry.server.auth.AuthenticationService;
import dev.websentry.server.auth.ChangePasswordRequest;
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

/** Serves the account page: plan and remaining quota, password change and account deletion. */
@Controller
@RequestMapping("/account")
class AccountPageController {
    private final AuthenticationService logins;
    private final SessionService sessions;
    private final AccountViewFactory views;

    AccountPageController(AuthenticationService logins, SessionService sessions, AccountViewFactory views) {
        this.logins = logins;
        this.sessions = sessions;
        this.views = views;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView show(Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("account"), caller.owner());
    }

    @PostMapping("/password")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView changePassword(
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String newPassword,
            Caller.SessionCaller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            ChangePasswordRequest change = new ChangePasswordRequest(password, newPassword);
            String session = sessions.key(request);
            Account changed = logins.changePassword(caller.owner(), change, session, caller.address());
            sessions.start(request, response, changed);
            return new ModelAndView("redirect:/account?done=password");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("account", refused), caller.owner());
        }
    }

    /**
     * Deletes the account. Unlike the API, the page asks for the password, because a single click would be enough
     * otherwise.
     */
    @PostMapping("/delete")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView delete(
            @RequestParam(defaultValue = "") String password, Caller.SessionCaller caller, HttpServletRequest request) {
        try {
            logins.confirmPassword(caller.owner(), password, sessions.key(request));
            logins.deleteAccount(caller.owner());
            sessions.end(request);
            return new ModelAndView("redirect:/?done=deleted");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("account", refused), caller.owner());
        }
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        AccountView view = views.create(account);
        return page.addObject("account", view)
                .addObject("since", DisplayTime.ofApiTimestamp(view.createdAt()))
                .addObject(
                        "resets",
                        DisplayTime.ofApiTimestamp(view.limits().scans().resetsAt()));
    }
}
