package dev.websentry.server.email;

import dev.websentry.server.account.Account;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.token.SingleUseToken;
import dev.websentry.server.token.TokenPurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Verifies that the owner of an account receives e-mail at its address, by a link that is sent to it. */
@Service
public class EmailVerificationService {
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final int MAX_LINKS_PER_HOUR = 5;

    private final EmailService emails;
    private final EmailComposer composer;
    private final VerificationStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    EmailVerificationService(
            EmailService emails,
            EmailComposer composer,
            VerificationStore store,
            TransactionTemplate transactions,
            Clock clock) {
        this.emails = emails;
        this.composer = composer;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Sends a link to the address of an account. Earlier links become invalid.
     *
     * @throws ApiException 400 if this server does not send e-mail, 429 if there were too many links
     */
    public void sendLink(Account account) {
        if (!emails.enabled()) {
            throw ApiException.invalidRequest("This server does not send e-mail");
        }
        store.limits()
                .count(
                        "email-verification:" + account.id(),
                        MAX_LINKS_PER_HOUR,
                        "Rate limit exceeded. At most " + MAX_LINKS_PER_HOUR + " links can be sent per hour.");
        Instant expires = clock.instant().plus(LIFETIME);
        transactions.executeWithoutResult(status -> {
            String secret = store.tokens()
                    .create(new SingleUseToken(
                            TokenPurpose.VERIFY_EMAIL, Optional.of(account.id()), account.email(), "", true, expires));
            emails.send(composer.compose(
                    account.email(),
                    "Confirm your e-mail address",
                    "verify-email",
                    Map.of(
                            "email",
                            account.email(),
                            "link",
                            composer.link("/verify-email?token=" + secret),
                            "expires",
                            EmailComposer.format(expires))));
        });
    }

    /** Returns the address that a link would verify, without using it up; empty if the link is not valid. */
    public Optional<String> addressOf(String secret) {
        return store.tokens().find(TokenPurpose.VERIFY_EMAIL, secret).map(SingleUseToken::email);
    }

    /**
     * Uses up a link.
     *
     * @return the verified address; empty if the link is not valid
     */
    public Optional<String> verify(String secret) {
        return Objects.requireNonNull(transactions.execute(status -> store.tokens()
                .consume(TokenPurpose.VERIFY_EMAIL, secret)
                .filter(this::isCurrent)
                .map(token -> {
                    recordVerified(token.accountId().orElseThrow(), token.email(), "verification link");
                    return token.email();
                })));
    }

    /**
     * Records that the owner of an account has used another link that was only sent to the address of the account. Must
     * be called in the transaction that uses the link up.
     *
     * @param proof the kind of the link, for the audit log
     */
    public void recordVerified(String accountId, String email, String proof) {
        if (store.preferences().markVerified(accountId, email)) {
            store.audit().record(AuditAction.EMAIL_VERIFIED, accountId, accountId, Map.of("proof", proof));
        }
    }

    private boolean isCurrent(SingleUseToken token) {
        return token.accountId()
                .flatMap(store.accounts()::find)
                .filter(account -> account.email().equals(token.email()))
                .isPresent();
    }
}
