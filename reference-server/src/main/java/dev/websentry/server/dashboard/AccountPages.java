package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.login.AccountView;
import dev.websentry.server.login.AccountViews;
import dev.websentry.server.login.Logins;
import dev.websentry.server.login.PasswordChange;
import dev.websentry.server.login.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the account page: plan and remaining quota, password change and account deletion. */
@Controller
@RequestMapping("/account")
class AccountPages {
    private final Logins logins;
    private final Sessions sessions;
    private final AccountViews views;

    AccountPages(Logins logins, Sessions sessions, AccountViews views) {
        this.logins = logins;
        this.sessions = sessions;
        this.views = views;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    ModelAndView show(Caller.SessionAccount caller) {
        return fillModel(new ModelAndView("account"), caller.owner());
    }

    @PostMapping("/password")
    @AllowedTo(Who.SESSION)
    ModelAndView changePassword(
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String newPassword,
            Caller.SessionAccount caller,
            HttpServletRequest request) {
        try {
            PasswordChange change = new PasswordChange(password, newPassword);
            sessions.start(request, logins.changePassword(caller.owner(), change, caller.address()));
            return new ModelAndView("redirect:/account?done=password");
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("account", refused), caller.owner());
        }
    }

    /**
     * Deletes the account. Unlike the API, the page asks for the password, because a single click would be enough
     * otherwise.
     */
    @PostMapping("/delete")
    @AllowedTo(Who.SESSION)
    ModelAndView delete(
            @RequestParam(defaultValue = "") String password,
            Caller.SessionAccount caller,
            HttpServletRequest request) {
        try {
            logins.confirm(caller.owner(), password, caller.address());
            logins.delete(caller.owner());
            sessions.end(request);
            return new ModelAndView("redirect:/?done=deleted");
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("account", refused), caller.owner());
        }
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        AccountView view = views.of(account);
        return page.addObject("account", view)
                .addObject("since", When.ofSeconds(view.createdAt()))
                .addObject("resets", When.ofSeconds(view.limits().scans().resetsAt()));
    }
}
