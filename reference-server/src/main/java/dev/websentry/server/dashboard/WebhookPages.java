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

/** Where an account is told that a grade has fallen. */
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
        return filled(new ModelAndView("webhook"), caller.owner());
    }

    /** Answers with the page itself: the secret must be in no address and in no session. */
    @PostMapping
    @AllowedTo(Who.SESSION)
    ModelAndView set(@RequestParam(defaultValue = "") String url, Caller.SessionAccount caller) {
        try {
            String secret = webhooks.set(caller.owner(), url.strip());
            return filled(new ModelAndView("webhook"), caller.owner()).addObject("secret", secret);
        } catch (ApiException refused) {
            return filled(FormAnswer.refused("webhook", refused), caller.owner())
                    .addObject("url", url);
        }
    }

    @PostMapping("/test")
    @AllowedTo(Who.SESSION)
    ModelAndView test(Caller.SessionAccount caller) {
        try {
            Line tried = Line.of(webhooks.test(caller.owner()));
            return filled(new ModelAndView("webhook"), caller.owner()).addObject("tried", tried);
        } catch (ApiException refused) {
            return filled(FormAnswer.refused("webhook", refused), caller.owner());
        }
    }

    @PostMapping("/delete")
    @AllowedTo(Who.SESSION)
    String delete(Caller.SessionAccount caller) {
        webhooks.delete(caller.owner());
        return "redirect:/webhook?done=webhook-deleted";
    }

    private ModelAndView filled(ModelAndView page, Account account) {
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

    /** A message in the list. */
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
