package dev.websentry.server.dashboard;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.Plan;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.auth.AccountSessionRepository;
import dev.websentry.server.error.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
class AdminPageController {
    private static final String REDIRECT = "redirect:/admin?done=";

    private final AccountListRepository list;
    private final AccountRepository accounts;
    private final AccountSessionRepository sessions;
    private final AuditLog audit;

    AdminPageController(
            AccountListRepository list, AccountRepository accounts, AccountSessionRepository sessions, AuditLog audit) {
        this.list = list;
        this.accounts = accounts;
        this.sessions = sessions;
        this.audit = audit;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView show(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Caller.SessionCaller caller) {
        String search = q.strip().toLowerCase(Locale.ROOT);
        AccountListRepository.AccountListPage part = list.page(search, after);
        return new ModelAndView("admin")
                .addObject("accounts", part.accounts())
                .addObject("next", part.next())
                .addObject("count", list.count())
                .addObject("q", search)
                .addObject("self", caller.owner().id())
                .addObject("plans", plans());
    }

    @PostMapping("/{id}/plan")
    @RequiresAccess(AccessLevel.ADMIN)
    String setPlan(
            @PathVariable("id") String id, @RequestParam(defaultValue = "") String plan, Caller.SessionCaller caller) {
        try {
            Plan parsed = Plan.parse(plan);
            requireKnown(accounts.setPlan(id, parsed));
            audit.record(AuditAction.PLAN_CHANGED, caller.owner().id(), id, Map.of("plan", parsed.wireName()));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
        return REDIRECT + "plan";
    }

    @PostMapping("/{id}/disable")
    @RequiresAccess(AccessLevel.ADMIN)
    String disable(@PathVariable("id") String id, Caller.SessionCaller caller) {
        if (id.equals(caller.owner().id())) {
            throw ApiException.invalidRequest(
                    "You cannot disable the account that you are logged in with; ask another administrator");
        }
        requireKnown(accounts.setDisabled(id, true));
        sessions.deleteByAccount(id);
        audit.record(AuditAction.ACCOUNT_DISABLED, caller.owner().id(), id, Map.of());
        return REDIRECT + "disabled";
    }

    @PostMapping("/{id}/enable")
    @RequiresAccess(AccessLevel.ADMIN)
    String enable(@PathVariable("id") String id, Caller.SessionCaller caller) {
        requireKnown(accounts.setDisabled(id, false));
        audit.record(AuditAction.ACCOUNT_ENABLED, caller.owner().id(), id, Map.of());
        return REDIRECT + "enabled";
    }

    private static void requireKnown(boolean known) {
        if (!known) {
            throw ApiException.notFound("No account has this id; it may have been deleted");
        }
    }

    private static List<String> plans() {
        return Stream.of(Plan.values()).map(Plan::wireName).toList();
    }
}
