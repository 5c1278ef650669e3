package dev.websentry.server.dashboard;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.alert.Subscription;
import dev.websentry.server.alert.UnsubscribeService;
import dev.websentry.server.monitor.Monitor;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Serves the page that the unsubscribe link of an e-mail opens, and the one-click request of mail programs (RFC 8058).
 * Opening the link changes nothing, because programs that check e-mails for malware open links.
 */
@Controller
@RequestMapping("/unsubscribe")
class UnsubscribePageController {
    private static final String ONLY_MONITOR = "monitor";

    private final UnsubscribeService subscriptions;

    UnsubscribePageController(UnsubscribeService subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView confirm(@RequestParam(defaultValue = "") String token) {
        return page(token, "");
    }

    /**
     * Unsubscribes, without a redirect (RFC 8058 section 3.1). The request of a mail program has the token in the query
     * and the body {@code List-Unsubscribe=One-Click}, as a form or as multipart, which is not read.
     *
     * @param scope {@code monitor} to end only the alerts about the monitor of the e-mail
     */
    @PostMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView unsubscribe(
            @RequestParam(defaultValue = "") String token, @RequestParam(defaultValue = "") String scope) {
        Optional<Subscription> found = subscriptions.find(token);
        if (found.isEmpty()) {
            ModelAndView invalid = page(token, "");
            // A mail program must not tell its user that this worked.
            invalid.setStatus(HttpStatus.NOT_FOUND);
            return invalid;
        }
        if (scope.equals(ONLY_MONITOR)) {
            return page(token, subscriptions.unsubscribeMonitor(found.get()) ? ONLY_MONITOR : "");
        }
        subscriptions.unsubscribe(found.get());
        return page(token, found.get().kind().wireName());
    }

    /** @param done what was ended; empty if nothing was */
    private ModelAndView page(String token, String done) {
        Optional<Subscription> found = subscriptions.find(token);
        return new ModelAndView("unsubscribe")
                .addObject("token", token)
                .addObject("kind", found.map(one -> one.kind().wireName()).orElse(null))
                .addObject(
                        "site",
                        found.flatMap(subscriptions::monitor).map(Monitor::url).orElse(null))
                .addObject("done", done);
    }
}
