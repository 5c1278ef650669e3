package dev.websentry.server.dashboard;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.login.SessionStore;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the account administration page, which only administrators can open. */
@Controller
@RequestMapping("/admin")
class AdminPages {
    private static final String REDIRECT = "redirect:/admin?done=";

    private final AccountList list;
    private final AccountStore accounts;
    private final SessionStore sessions;

    AdminPages(AccountList list, AccountStore accounts, SessionStore sessions) {
        this.list = list;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @GetMapping
    @AllowedTo(Who.ADMIN)
    ModelAndView show(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Caller.SessionAccount caller) {
        String search = q.strip().toLowerCase(Locale.ROOT);
        AccountList.Part part = list.part(search, after);
        return new ModelAndView("admin")
                .addObject("accounts", part.lines())
                .addObject("next", part.next())
                .addObject("count", list.count())
                .addObject("q", search)
                .addObject("self", caller.owner().id())
                .addObject("plans", plans());
    }

    @PostMapping("/{id}/plan")
    @AllowedTo(Who.ADMIN)
    String setPlan(@PathVariable("id") String id, @RequestParam(defaultValue = "") String plan) {
        try {
            requireKnown(accounts.setPlan(id, Plan.parse(plan)));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
        return REDIRECT + "plan";
    }

    @PostMapping("/{id}/disable")
    @AllowedTo(Who.ADMIN)
    String disable(@PathVariable("id") String id, Caller.SessionAccount caller) {
        if (id.equals(caller.owner().id())) {
            throw ApiException.invalid(
                    "You cannot disable the account that you are logged in with; ask another administrator");
        }
        requireKnown(accounts.setDisabled(id, true));
        sessions.endAll(id);
        return REDIRECT + "disabled";
    }

    @PostMapping("/{id}/enable")
    @AllowedTo(Who.ADMIN)
    String enable(@PathVariable("id") String id) {
        requireKnown(accounts.setDisabled(id, false));
        return REDIRECT + "enabled";
    }

    private static void requireKnown(boolean known) {
        if (!known) {
            throw ApiException.notFound("No account has this id; it may have been deleted");
        }
    }

    private static List<String> plans() {
        return Stream.of(Plan.values()).map(Plan::wire).toList();
    }
}
