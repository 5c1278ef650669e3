package dev.websentry.server.auth;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The background task that sends a reset link to an address, if an account has it. */
@Component
class PasswordResetTask {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final OneTimeTask<String> task;

    PasswordResetTask(AccountRepository accounts, PasswordResetLinks links) {
        task = Tasks.oneTime("password-reset", String.class)
                .onDeadExecutionRevive()
                .execute((instance, context) -> accounts.find(new Email(instance.getData()))
                        .filter(account -> !account.disabled())
                        .ifPresent(account -> links.send(account, AuditLog.ANONYMOUS, LIFETIME)));
    }

    OneTimeTask<String> task() {
        return task;
    }

    TaskInstance<String> instance(Email email) {
        return task.instance(SecureTokens.newId(), email.text());
    }
}
