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

/** API endpoints for the webhook of the caller's account. */
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
    SecretAnswer set(Caller.SessionAccount caller, @RequestBody NewWebhook request) {
        return new SecretAnswer(true, request.url(), webhooks.set(caller.owner(), request.url()));
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

    /**
     * The response with the webhook.
     *
     * @param webhook null if none is set
     */
    record WebhookAnswer(boolean ok, @Nullable WebhookView webhook) {}

    /** The response to setting the webhook, the only one that contains the secret. */
    record SecretAnswer(boolean ok, String url, String secret) {
        @Override
        public String toString() {
            return "WebhookSecretResponse[not shown]";
        }
    }

    /**
     * The response to sending a test message.
     *
     * @param ok true even if the delivery failed
     * @param delivery result of the delivery
     */
    record TestAnswer(boolean ok, WebhookView.Message delivery) {}
}
