package dev.websentry.server.email;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends an e-mail at once through the configured mail server. */
final class EmailSender {
    private final Optional<MailAccount> account;

    /** @param account empty if no mail server is configured */
    EmailSender(Optional<MailAccount> account) {
        this.account = account;
    }

    /** The configured mail server and the sender of all e-mails. */
    record MailAccount(JavaMailSender server, InternetAddress from) {}

    boolean isConfigured() {
        return account.isPresent();
    }

    /**
     * Sends an e-mail once.
     *
     * @param id a unique id, which becomes the Message-ID, so that a mailbox can recognize a repeated e-mail
     * @throws MailException if the mail server did not accept it, or no mail server is configured
     */
    void send(String id, EmailMessage message, Instant now) {
        MailAccount sender = account.orElseThrow(() -> new MailSendException("spring.mail.host is not set"));
        MimeMessage mime = sender.server().createMimeMessage();
        try {
            MimeMessageHelper content = new MimeMessageHelper(
                    mime, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, StandardCharsets.UTF_8.name());
            content.setFrom(sender.from());
            content.setTo(new InternetAddress(message.recipient(), false));
            content.setSubject(message.subject());
            content.setText(message.text(), message.html());
            content.setSentDate(Date.from(now));
            // Keeps automatic replies, such as absence messages, away (RFC 3834 section 5).
            mime.setHeader("Auto-Submitted", "auto-generated");
            addUnsubscribe(mime, message.unsubscribeUrl());
            String from = sender.from().getAddress();
            mime.setHeader("Message-ID", "<" + id + "@" + from.substring(from.lastIndexOf('@') + 1) + ">");
            sender.server().send(mime);
        } catch (MessagingException e) {
            throw new MailSendException("The e-mail cannot be encoded", e);
        }
    }

    /** Adds the header fields with which mail programs show a button that ends e-mails of this kind. */
    private static void addUnsubscribe(MimeMessage mime, @Nullable String url) throws MessagingException {
        if (url == null) {
            return;
        }
        mime.setHeader("List-Unsubscribe", "<" + url + ">");
        // One-click requests require https (RFC 8058 section 3.1).
        if (url.startsWith("https:")) {
            mime.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    /** Returns whether the mail server rejected the recipient permanently (a 5yz reply, RFC 5321 section 4.2.1). */
    static boolean isPermanent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException address) {
                return address.getReturnCode() / 100 == 5;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable failure) {
        if (failure instanceof MailSendException sending && sending.getMessageExceptions().length > 0) {
            return sending.getMessageExceptions()[0];
        }
        // Jakarta Mail chains the failures of recipients in its own way.
        return failure instanceof SendFailedException failed && failed.getNextException() != null
                ? failed.getNextException()
                : failure.getCause();
    }
}
