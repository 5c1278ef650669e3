package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.webhook.WebhookView;
import dev.websentry.server.webhook.Webhooks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the page that sets, tests and deletes the webhook of an account. */
@Controller
@RequestMapping("/webhook")
class WebhookPages {
    private final Webhooks webhooks;

    WebhookPages(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    ModelAndView show(Caller.SessionAccount caller) {
        return fillModel(new ModelAndView("webhook"), caller.owner());
    }

    /**
     * Sets the webhook and renders the page without a redirect, so that the secret is never part of a URL or a session.
     */
    @PostMapping
    @AllowedTo(Who.SESSION)
    ModelAndView set(@RequestParam(defaultValue = "") String url, Caller.SessionAccount caller) {
        try {
            String secret = webhooks.set(caller.owner(), url.strip());
            return fillModel(new ModelAndView("webhook"), caller.owner()).addObject("secret", secret);
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("webhook", refused), caller.owner())
                    .addObject("url", url);
        }
    }

    @PostMapping("/test")
    @AllowedTo(Who.SESSION)
    ModelAndView test(Caller.SessionAccount caller) {
        try {
            Line tried = Line.of(webhooks.test(caller.owner()));
            return fillModel(new ModelAndView("webhook"), caller.owner()).addObject("tried", tried);
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("webhook", refused), caller.owner());
        }
    }

    @PostMapping("/delete")
    @AllowedTo(Who.SESSION)
    String delete(Caller.SessionAccount caller) {
        webhooks.delete(caller.owner());
        return "redirect:/webhook?done=webhook-deleted";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        WebhookView view = webhooks.of(account).orElse(null);
        page.addObject("allowed", account.plan().monitors() > 0)
                .addObject("isSet", view != null)
                .addObject("url", view == null ? "" : view.url())
                .addObject("since", view == null ? null : When.ofSeconds(view.createdAt()))
                .addObject(
                        "messages",
                        view == null
                                ? List.of()
                                : view.deliveries().stream().map(Line::of).toList());
        return page;
    }

    /** A row of the list of sent messages. */
    record Line(
            String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable When created,
            @Nullable When next) {
        static Line of(WebhookView.Message message) {
            return new Line(
                    message.state(),
                    message.attempts(),
                    message.lastStatus(),
                    message.lastError(),
                    When.ofSeconds(message.createdAt()),
                    When.ofSeconds(message.nextAttemptAt()));
        }
    }
}
