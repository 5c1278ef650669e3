package dev.websentry.server.alert;

import dev.websentry.server.alert.Subscription.EmailKind;
import dev.websentry.server.email.EmailComposer;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.encryption.TokenCipher;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the links that end e-mails. The token of a link is an encrypted and authenticated text, so that it
 * cannot be guessed or changed and reveals neither the account nor the monitor. It does not expire. See ADR 93.
 */
@Component
class UnsubscribeLinks {
    private static final String PATH = "/unsubscribe?token=";

    private final TokenCipher tokens;
    private final EmailComposer composer;

    UnsubscribeLinks(SecretCipher cipher, EmailComposer composer) {
        tokens = new TokenCipher(cipher, "unsubscribe", 3);
        this.composer = composer;
    }

    /** Returns the absolute URL of a new link. */
    String create(Subscription subscription) {
        return composer.link(PATH
                + tokens.encrypt(
                        subscription.kind().name(),
                        subscription.accountId(),
                        subscription.monitorId().orElse("")));
    }

    /** Reads a token, which may be forged; empty if it is not valid. */
    Optional<Subscription> read(String token) {
        return tokens.decrypt(token)
                .map(words -> new Subscription(
                        EmailKind.valueOf(words.get(0)),
                        words.get(1),
                        Optional.of(words.get(2)).filter(id -> !id.isEmpty())));
    }
}
