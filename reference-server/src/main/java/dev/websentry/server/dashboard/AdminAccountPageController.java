package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.AccountAdministrationService;
import dev.websentry.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the page on which administrators change one account. */
@Controller
@RequestMapping("/admin/{id:[0-9a-f]{32}}")
class AdminAccountPageController {
    private final AccountRepository accounts;
    private final AccountList list;
    private final AccountAdministrationService administration;

    AdminAccountPageController(
            AccountRepository accounts, AccountList list, AccountAdministrationService administration) {
        this.accounts = accounts;
        this.list = list;
        this.administration = administration;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView show(@PathVariable("id") String id, Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("admin-account"), id, caller);
    }

    @PostMapping("/plan")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView setPlan(
            @PathVariable("id") String id, @RequestParam(defaultValue = "") String plan, Caller.SessionCaller caller) {
        return change(
                id, caller, "plan", () -> administration.setPlan(caller.owner(), id, AdminPageController.parse(plan)));
    }

    @PostMapping("/disable")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView disable(@PathVariable("id") String id, Caller.SessionCaller caller) {
        return change(id, caller, "disabled", () -> administration.disable(caller.owner(), id));
    }

    @PostMapping("/enable")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView enable(@PathVariable("id") String id, Caller.SessionCaller caller) {
        return change(id, caller, "enabled", () -> administration.enable(caller.owner(), id));
    }

    @PostMapping("/set-admin")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView setAdmin(@PathVariable("id") String id, Caller.SessionCaller caller) {
        return change(id, caller, "admin", () -> administration.setAdmin(caller.owner(), id, true));
    }

    @PostMapping("/unset-admin")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView unsetAdmin(@PathVariable("id") String id, Caller.SessionCaller caller) {
        ModelAndView page = change(id, caller, "no-admin", () -> administration.setAdmin(caller.owner(), id, false));
        boolean own = id.equals(caller.owner().id()) && page.getStatus() == null;
        return own ? new ModelAndView("redirect:/?done=no-admin") : page;
    }

    /** Renders the page without a redirect, so that the link is never part of a session. */
    @PostMapping("/reset-link")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView createResetLink(
            @PathVariable("id") String id, Caller.SessionCaller caller, HttpServletRequest request) {
        String path = administration.createResetLink(caller.owner(), find(id));
        return fillModel(new ModelAndView("admin-account"), id, caller)
                .addObject("link", LayoutInterceptor.baseUrl(request) + path);
    }

    @PostMapping("/delete")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView delete(@PathVariable("id") String id, Caller.SessionCaller caller) {
        try {
            administration.delete(caller.owner(), id);
            return new ModelAndView("redirect:/admin?done=account-deleted");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("admin-account", refused), id, caller);
        }
    }

    private ModelAndView change(String id, Caller.SessionCaller caller, String done, Runnable change) {
        try {
            change.run();
            return new ModelAndView("redirect:/admin/" + id + "?done=" + done);
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("admin-account", refused), id, caller);
        }
    }

    private Account find(String id) {
        return accounts.find(id)
                .orElseThrow(() -> ApiException.notFound("No account has this id; it may have been deleted"));
    }

    private ModelAndView fillModel(ModelAndView page, String id, Caller.SessionCaller caller) {
        Account account = find(id);
        return page.addObject("account", list.item(account))
                .addObject("own", id.equals(caller.owner().id()))
                .addObject("plans", AdminPageController.plans());
    }
}
