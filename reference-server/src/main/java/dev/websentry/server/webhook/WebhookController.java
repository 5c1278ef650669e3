package dev.websentry.server.webhook;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
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
    private final WebhookService webhooks;

    WebhookController(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    WebhookResponse show(Caller.SessionCaller caller) {
        return new WebhookResponse(true, webhooks.find(caller.owner()).orElse(null));
    }

    @PutMapping
    @RequiresAccess(AccessLevel.SESSION)
    WebhookSecretResponse set(Caller.SessionCaller caller, @RequestBody SetWebhookRequest request) {
        String secret = webhooks.set(caller.owner(), request.url(), request.format());
        return new WebhookSecretResponse(true, request.url(), request.format(), secret);
    }

    @DeleteMapping
    @RequiresAccess(AccessLevel.SESSION)
    SuccessResponse delete(Caller.SessionCaller caller) {
        webhooks.delete(caller.owner());
        return SuccessResponse.OK;
    }

    @PostMapping("/test")
    @RequiresAccess(AccessLevel.SESSION)
    WebhookTestResponse test(Caller.SessionCaller caller) {
        return new WebhookTestResponse(true, webhooks.sendTest(caller.owner()));
    }

    /**
     * The response with the webhook.
     *
     * @param webhook null if none is set
     */
    record WebhookResponse(boolean ok, @Nullable WebhookView webhook) {}

    /** The response to setting the webhook, the only one that contains the secret. */
    record WebhookSecretResponse(boolean ok, String url, String format, String secret) {
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
    record WebhookTestResponse(boolean ok, WebhookView.WebhookDeliveryView delivery) {}
}
