package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.settings.StartupFailureException;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Encrypts the secrets of webhooks with the first configured key at start, so that an old key can be removed after the
 * next start. A secret that no configured key decrypts prevents the start, because messages could not be signed.
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
        for (Map.Entry<String, String> secret : webhooks.findEncryptedSecrets().entrySet()) {
            try {
                Optional<String> fresh = cipher.reencrypt(secret.getValue());
                fresh.ifPresent(after -> webhooks.replaceEncryption(secret.getKey(), secret.getValue(), after));
            } catch (SecretCipher.UnknownKeyException e) {
                unreadable++;
                reason = String.valueOf(e.getMessage());
            }
        }
        if (unreadable > 0) {
            throw new StartupFailureException(
                    "The secrets of " + unreadable + " webhooks cannot be decrypted: " + reason,
                    "Restore the key in websentry.encryption.keys or websentry.key, or delete the webhooks with the"
                            + " command discard-webhooks.");
        }
    }
}
