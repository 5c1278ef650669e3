package dev.websentry.server.email;

import dev.websentry.server.scheduling.TaskQueue;
import org.springframework.stereotype.Service;

/** Queues e-mails. */
@Service
public class EmailService {
    private final EmailSender sender;
    private final EmailTask task;
    private final TaskQueue queue;

    EmailService(EmailSender sender, EmailTask task, TaskQueue emailQueue) {
        this.sender = sender;
        this.task = task;
        this.queue = emailQueue;
    }

    /** Returns whether this server can send e-mail. Pages must say so if it cannot. */
    public boolean enabled() {
        return sender.isConfigured();
    }

    /**
     * Queues an e-mail in the transaction of the caller: it is sent only if that is committed, and then survives a
     * crash. If the mail server is not available, sending is repeated for two days.
     *
     * @throws IllegalStateException if e-mail is not enabled
     */
    public void send(EmailMessage message) {
        if (!enabled()) {
            throw new IllegalStateException("E-mail is not configured");
        }
        queue.schedule(task.instance(message));
    }
}
