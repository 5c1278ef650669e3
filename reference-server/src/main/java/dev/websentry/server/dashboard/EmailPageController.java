package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.email.EmailVerificationService;
import dev.websentry.server.error.ApiException;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the pages that verify the e-mail address of an account and choose which e-mails it receives. */
@Controller
class EmailPageController {
    private final EmailService emails;
    private final EmailVerificationService verification;
    private final EmailPreferenceRepository preferences;

    EmailPageController(
            EmailService emails, EmailVerificationService verification, EmailPreferenceRepository preferences) {
        this.emails = emails;
        this.verification = verification;
        this.preferences = preferences;
    }

    @GetMapping("/account/email")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView show(Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("email"), caller.owner());
    }

    @PostMapping("/account/email")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView save(
            @RequestParam(defaultValue = "") String alerts,
            @RequestParam(defaultValue = "") String summary,
            Caller.SessionCaller caller) {
        if (!preferences.set(caller.owner().id(), !alerts.isEmpty(), !summary.isEmpty())) {
            ApiException unverified = ApiException.invalidRequest("Confirm the address first");
            return fillModel(FormErrorModel.of("email", unverified), caller.owner());
        }
        return new ModelAndView("redirect:/account/email?done=email-saved");
    }

    @PostMapping("/account/email/verify")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView sendLink(Caller.SessionCaller caller) {
        try {
            verification.sendLink(caller.owner());
            return new ModelAndView("redirect:/account/email?done=email-link");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("email", refused), caller.owner());
        }
    }

    /** Shows a button, because programs that check e-mails for malware open their links. */
    @GetMapping("/verify-email")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView confirm(@RequestParam(defaultValue = "") String token) {
        return new ModelAndView("verify-email")
                .addObject("token", token)
                .addObject("address", verification.addressOf(token).orElse(null));
    }

    @PostMapping("/verify-email")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView verify(@RequestParam(defaultValue = "") String token) {
        Optional<String> verified = verification.verify(token);
        return new ModelAndView("verify-email").addObject("verified", verified.orElse(null));
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        return page.addObject("enabled", emails.enabled())
                .addObject("address", account.email())
                .addObject("preference", preferences.find(account.id()).orElse(null));
    }
}
