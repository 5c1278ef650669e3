package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.webhook.WebhookService;
import dev.websentry.server.webhook.WebhookView;
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
class WebhookPageController {
    private final WebhookService webhooks;

    WebhookPageController(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView show(Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("webhook"), caller.owner());
    }

    /**
     * Sets the webhook and renders the page without a redirect, so that the secret is never part of a URL or a session.
     */
    @PostMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView set(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String format,
            Caller.SessionCaller caller) {
        try {
            String secret = webhooks.set(caller.owner(), url.strip(), format);
            return fillModel(new ModelAndView("webhook"), caller.owner()).addObject("secret", secret);
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("webhook", refused), caller.owner())
                    .addObject("url", url)
                    .addObject("format", format);
        }
    }

    @PostMapping("/test")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView test(Caller.SessionCaller caller) {
        try {
            DeliveryListItem tried = DeliveryListItem.of(webhooks.sendTest(caller.owner()));
            return fillModel(new ModelAndView("webhook"), caller.owner()).addObject("tried", tried);
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("webhook", refused), caller.owner());
        }
    }

    @PostMapping("/delete")
    @RequiresAccess(AccessLevel.SESSION)
    String delete(Caller.SessionCaller caller) {
        webhooks.delete(caller.owner());
        return "redirect:/webhook?done=webhook-deleted";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        WebhookView view = webhooks.find(account).orElse(null);
        page.addObject("allowed", account.plan().maxMonitors() > 0)
                .addObject("isSet", view != null)
                .addObject("url", view == null ? "" : view.url())
                .addObject("format", view == null ? "json" : view.format())
                .addObject("formats", WebhookService.formats())
                .addObject("since", view == null ? null : DisplayTime.ofApiTimestamp(view.createdAt()))
                .addObject(
                        "messages",
                        view == null
                                ? List.of()
                                : view.deliveries().stream()
                                        .map(DeliveryListItem::of)
                                        .toList());
        return page;
    }

    /** A row of the list of sent messages. */
    record DeliveryListItem(
            String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable DisplayTime created,
            @Nullable DisplayTime next) {
        static DeliveryListItem of(WebhookView.WebhookDeliveryView message) {
            return new DeliveryListItem(
                    message.state(),
                    message.attempts(),
                    message.lastStatus(),
                    message.lastError(),
                    DisplayTime.ofApiTimestamp(message.createdAt()),
                    DisplayTime.ofApiTimestamp(message.nextAttemptAt()));
        }
    }
}
