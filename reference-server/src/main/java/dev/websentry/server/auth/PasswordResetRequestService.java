package dev.websentry.server.auth;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Email;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.scheduling.BackgroundTasks;
import org.springframework.stereotype.Service;

/**
 * Accepts requests of users who have forgotten their password. The response and its duration do not depend on whether
 * the account exists, because a background task looks it up.
 */
@Service
public class PasswordResetRequestService {
    private final LoginRateLimiter limiter;
    private final EmailService email;
    private final PasswordResetTask task;
    private final BackgroundTasks tasks;

    PasswordResetRequestService(
            LoginRateLimiter limiter, EmailService email, PasswordResetTask task, BackgroundTasks tasks) {
        this.limiter = limiter;
        this.email = email;
        this.task = task;
        this.tasks = tasks;
    }

    /** Returns whether links can be sent by e-mail. Otherwise an administrator makes them. */
    public boolean isAvailable() {
        return email.enabled();
    }

    /**
     * Sends a reset link if an account has the address.
     *
     * @throws ApiException 400 if the address is malformed, 403 if this server sends no e-mail, 429 if there were too
     *     many requests
     */
    public void request(String address, ClientAddress client) {
        if (!isAvailable()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "This server cannot send e-mail; ask its administrator for a reset link");
        }
        Email parsed = CredentialsRequest.parseEmail(address);
        limiter.recordResetRequest(client);
        if (limiter.tryResetOf(parsed)) {
            tasks.schedule(task.instance(parsed));
        }
    }
}
