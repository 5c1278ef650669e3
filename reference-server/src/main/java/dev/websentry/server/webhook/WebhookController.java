package dev.websentry.server.webhook;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.Ok;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One's webhook over the API. */
@RestController
@RequestMapping("/api/webhook")
class WebhookController {
    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    WebhookAnswer show(Caller.SessionAccount caller) {
        return new WebhookAnswer(true, webhooks.of(caller.owner()).orElse(null));
    }

    @PutMapping
    @AllowedTo(Who.SESSION)
    SecretAnswer set(Caller.SessionAccount caller, @RequestBody NewWebhook wanted) {
        return new SecretAnswer(true, wanted.url(), webhooks.set(caller.owner(), wanted.url()));
    }

    @DeleteMapping
    @AllowedTo(Who.SESSION)
    Ok delete(Caller.SessionAccount caller) {
        webhooks.delete(caller.owner());
        return Ok.OK;
    }

    @PostMapping("/test")
    @AllowedTo(Who.SESSION)
    TestAnswer test(Caller.SessionAccount caller) {
        return new TestAnswer(true, webhooks.test(caller.owner()));
    }

    /** The webhook's envelope; null when none is set. */
    record WebhookAnswer(boolean ok, @Nullable WebhookView webhook) {}

    /** The one answer that has the secret. */
    record SecretAnswer(boolean ok, String url, String secret) {
        @Override
        public String toString() {
            return "SecretAnswer[not shown]";
        }
    }

    /** What the test message came to; {@code ok} says that it was tried. */
    record TestAnswer(boolean ok, WebhookView.Message delivery) {}
}
