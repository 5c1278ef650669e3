package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
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

/** Makes invitations, whose account is created when they are accepted. */
@Component
class InvitationSender {
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final String PATH = "/invitation?token=";

    private final AccountRepository accounts;
    private final SingleUseTokenRepository tokens;
    private final EmailComposer composer;
    private final EmailService mail;
    private final AuditLog audit;
    private final Clock clock;

    InvitationSender(
            AccountRepository accounts,
            SingleUseTokenRepository tokens,
            EmailComposer composer,
            EmailService mail,
            AuditLog audit,
            Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.composer = composer;
        this.mail = mail;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes the invitations of an address invalid. Returns their number. */
    int revoke(String email) {
        return tokens.revoke(TokenPurpose.INVITATION, email);
    }

    /**
     * Invites a user. Earlier invitations of the same address become invalid. Must run in a transaction.
     *
     * @param inviter the administrator
     * @return the path and query of the link if it was not sent by e-mail
     */
    Optional<String> invite(Email email, Plan plan, Account inviter) {
        if (accounts.find(email).isPresent()) {
            throw AccountAdministrationService.taken();
        }
        Instant expires = clock.instant().plus(LIFETIME);
        String secret = tokens.create(new SingleUseToken(
                TokenPurpose.INVITATION, Optional.empty(), email.text(), plan.wireName(), mail.enabled(), expires));
        audit.record(AuditAction.ACCOUNT_INVITED, inviter.id(), email.text(), Map.of("plan", plan.wireName()));
        if (!mail.enabled()) {
            return Optional.of(PATH + secret);
        }
        mail.send(composer.compose(
                email.text(),
                "Your invitation to WebSentry",
                "invitation",
                Map.of(
                        "email",
                        email.text(),
                        "inviter",
                        inviter.email(),
                        "link",
                        composer.link(PATH + secret),
                        "expires",
                        LinkExpiry.format(expires))));
        return Optional.empty();
    }
}
