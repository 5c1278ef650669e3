package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.Plan;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.auth.AccountAdministrationService;
import dev.websentry.server.auth.CredentialsRequest;
import dev.websentry.server.auth.InvitationService;
import dev.websentry.server.auth.PasswordResetRequestService;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.settings.WebSentryProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the list of all accounts, and the page that creates and invites accounts, to administrators. */
@Controller
@RequestMapping("/admin")
class AdminPageController {
    private static final int MAX_INVITATIONS = 100;

    private final AccountList list;
    private final InvitationService invitations;
    private final AccountAdministrationService administration;
    private final PasswordResetRequestService mail;
    private final WebSentryProperties settings;

    AdminPageController(
            AccountList list,
            InvitationService invitations,
            AccountAdministrationService administration,
            PasswordResetRequestService mail,
            WebSentryProperties settings) {
        this.list = list;
        this.invitations = invitations;
        this.administration = administration;
        this.mail = mail;
        this.settings = settings;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView show(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Caller.SessionCaller caller) {
        String search = q.strip().toLowerCase(Locale.ROOT);
        AccountList.AccountListPage part = list.page(search, after);
        return new ModelAndView("admin")
                .addObject("accounts", part.accounts())
                .addObject("next", part.next())
                .addObject("count", list.count())
                .addObject("q", search)
                .addObject("self", caller.owner().id());
    }

    @GetMapping("/new")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView newAccount() {
        return fillModel(new ModelAndView("admin-new"));
    }

    @PostMapping("/new")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView create(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String plan,
            Caller.SessionCaller caller) {
        try {
            Account created = administration.create(
                    caller.owner(), new CredentialsRequest(email, password), parse(plan), caller.address());
            return new ModelAndView("redirect:/admin/" + created.id() + "?done=account-created");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("admin-new", refused)).addObject("email", email);
        }
    }

    /** Renders the page without a redirect, so that a link that is shown once is never part of a session. */
    @PostMapping("/invite")
    @RequiresAccess(AccessLevel.ADMIN)
    ModelAndView invite(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String plan,
            Caller.SessionCaller caller,
            HttpServletRequest request) {
        try {
            Optional<String> link = administration.invite(caller.owner(), email, parse(plan));
            return fillModel(new ModelAndView("admin-new"))
                    .addObject("invited", email.strip())
                    .addObject(
                            "link",
                            link.map(path -> LayoutInterceptor.baseUrl(request) + path)
                                    .orElse(null));
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("admin-new", refused)).addObject("invitee", email);
        }
    }

    @PostMapping("/revoke-invitation")
    @RequiresAccess(AccessLevel.ADMIN)
    String revokeInvitation(@RequestParam(defaultValue = "") String email, Caller.SessionCaller caller) {
        administration.revokeInvitation(caller.owner(), email);
        return "redirect:/admin/new?done=invitation-revoked";
    }

    private ModelAndView fillModel(ModelAndView page) {
        return page.addObject("plans", plans())
                .addObject("defaultPlan", settings.defaultPlan().wireName())
                .addObject("byMail", mail.isAvailable())
                .addObject(
                        "invitations",
                        invitations.findPending(MAX_INVITATIONS).stream()
                                .map(InvitationListItem::of)
                                .toList());
    }

    static List<String> plans() {
        return Stream.of(Plan.values()).map(Plan::wireName).toList();
    }

    /**
     * Parses the value of a form field.
     *
     * @throws ApiException 400 if the plan does not exist
     */
    static Plan parse(String plan) {
        try {
            return Plan.parse(plan);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }
}
