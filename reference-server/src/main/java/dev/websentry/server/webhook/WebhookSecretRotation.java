package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.settings.StartupFailureException;
import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Encrypts webhooks with the first configured key at start, so that an old key can be removed after the next start. A
 * webhook that no configured key decrypts prevents the start, because messages could not be sent.
 */
@Component
class WebhookSecretRotation implements InitializingBean {
    private final WebhookRepository webhooks;
    private final SecretCipher cipher;

    WebhookSecretRotation(WebhookRepository webhooks, SecretCipher cipher) {
        this.webhooks = webhooks;
        this.cipher = cipher;
    }

    @Override
    public void afterPropertiesSet() {
        int unreadable = 0;
        String reason = "";
        for (Webhook webhook : webhooks.findAll()) {
            try {
                reencrypt(webhook);
            } catch (SecretCipher.UnknownKeyException e) {
                unreadable++;
                reason = String.valueOf(e.getMessage());
            }
        }
        if (unreadable > 0) {
            throw new StartupFailureException(
                    unreadable + (unreadable == 1 ? " webhook" : " webhooks") + " cannot be decrypted: " + reason,
                    "Restore the key in websentry.encryption.keys or websentry.key, or delete the webhooks with the"
                            + " command discard-webhooks.");
        }
    }

    private void reencrypt(Webhook webhook) {
        Optional<String> url = cipher.reencrypt(webhook.encryptedUrl());
        Optional<String> secret = cipher.reencrypt(webhook.encryptedSecret());
        if (url.isPresent() || secret.isPresent()) {
            webhooks.replaceEncryption(
                    webhook, url.orElse(webhook.encryptedUrl()), secret.orElse(webhook.encryptedSecret()));
        }
    }
}
