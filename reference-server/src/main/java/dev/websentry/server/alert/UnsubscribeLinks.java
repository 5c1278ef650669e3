package dev.websentry.server.alert;

import dev.websentry.server.alert.Subscription.EmailKind;
import dev.websentry.server.email.EmailComposer;
import dev.websentry.server.encryption.SecretCipher;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the links that end e-mails. The token of a link is an encrypted and authenticated text, so that it
 * cannot be guessed or changed and reveals neither the account nor the monitor. It does not expire. See ADR 93.
 */
@Component
class UnsubscribeLinks {
    private static final String PATH = "/unsubscribe?token=";
    private static final String MARKER = "unsubscribe";
    private static final int MAX_LENGTH = 1000;

    private final SecretCipher cipher;
    private final EmailComposer composer;

    UnsubscribeLinks(SecretCipher cipher, EmailComposer composer) {
        this.cipher = cipher;
        this.composer = composer;
    }

    /** Returns the absolute URL of a new link. */
    String create(Subscription subscription) {
        String text = String.join(
                " ",
                MARKER,
                subscription.kind().name(),
                subscription.accountId(),
                subscription.monitorId().orElse(""));
        // The alphabet of base64url (RFC 4648 section 5), without padding.
        return composer.link(
                PATH + cipher.encrypt(text).replace('+', '-').replace('/', '_').replace("=", ""));
    }

    /** Reads a token, which may be forged; empty if it is not valid. */
    Optional<Subscription> read(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String[] parts =
                    cipher.decrypt(token.replace('-', '+').replace('_', '/')).split(" ", -1);
            // The key encrypts other texts, too.
            if (parts.length != 4 || !parts[0].equals(MARKER)) {
                return Optional.empty();
            }
            return Optional.of(new Subscription(
                    EmailKind.valueOf(parts[1]), parts[2], Optional.of(parts[3]).filter(id -> !id.isEmpty())));
        } catch (SecretCipher.UnknownKeyException e) {
            return Optional.empty();
        }
    }
}
