package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.email.EmailComposer;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.token.SingleUseToken;
import dev.websentry.server.token.SingleUseTokenRepository;
import dev.websentry.server.token.TokenPurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes links that set a new password. A new link makes the earlier ones of the account invalid. */
@Component
class PasswordResetLinks {
    private static final String PATH = "/reset-password?token=";

    private final SingleUseTokenRepository tokens;
    private final EmailComposer composer;
    private final EmailService email;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PasswordResetLinks(
            SingleUseTokenRepository tokens,
            EmailComposer composer,
            EmailService email,
            AuditLog audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.tokens = tokens;
        this.composer = composer;
        this.email = email;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a link that somebody else passes on to the owner of the account.
     *
     * @param actor id of the account that makes it, or {@link AuditLog#ANONYMOUS}
     * @return the path and query of the link
     */
    String create(Account account, String actor, Duration lifetime) {
        return create(account, actor, lifetime, false);
    }

    private String create(Account account, String actor, Duration lifetime, boolean isEmailed) {
        Instant expires = clock.instant().plus(lifetime);
        String secret = tokens.create(new SingleUseToken(
                TokenPurpose.RESET_PASSWORD, Optional.of(account.id()), account.email(), "", isEmailed, expires));
        audit.record(AuditAction.PASSWORD_RESET_LINK_CREATED, actor, account.id(), Map.of());
        return PATH + secret;
    }

    /** Makes a link and sends it to the account. */
    void send(Account account, String actor, Duration lifetime) {
        transactions.executeWithoutResult(status -> email.send(composer.compose(
                account.email(),
                "Set a new password",
                "password-reset",
                Map.of(
                        "email",
                        account.email(),
                        "link",
                        composer.link(create(account, actor, lifetime, true)),
                        "expires",
                        LinkExpiry.format(clock.instant().plus(lifetime))))));
    }
}
