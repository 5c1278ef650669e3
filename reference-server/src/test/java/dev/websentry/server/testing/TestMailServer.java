package dev.websentry.server.testing;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A real SMTP server on loopback that keeps what it receives and can be stopped and started again. */
public final class TestMailServer implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = Duration.ofMinutes(10).toMillis();

    private final int port;
    private GreenMail server;
    private int allowed = Integer.MAX_VALUE;
    private int accepted;

    private TestMailServer(int port) {
        this.port = port;
        server = start(port);
    }

    public static TestMailServer start() {
        return new TestMailServer(FreePort.find());
    }

    private GreenMail start(int port) {
        GreenMail started = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        started.start();
        UserManager users = started.getUserManager();
        users.setMessageDeliveryHandler((message, address) -> {
            awaitPermission();
            GreenMailUser user = users.getUserByEmail(address.getEmail());
            return user == null ? users.createUser(address.getEmail(), address.getEmail(), "none") : user;
        });
        return started;
    }

    /** Blocks an e-mail after its data was received and before it is acknowledged. */
    private synchronized void awaitPermission() {
        try {
            while (accepted >= allowed) {
                wait();
            }
            accepted++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks further e-mails after a number of them, so that a test can act while they are being sent. */
    public synchronized void allow(int emails) {
        allowed = emails;
        notifyAll();
    }

    /** Returns the settings of a server that sends through this one, with the given ones. */
    public List<String> settings(List<String> others) {
        return Stream.concat(
                        others.stream(),
                        Stream.of(
                                "--spring.mail.host=127.0.0.1",
                                "--spring.mail.port=" + port,
                                // A machine that stops for seconds must not make attempts fail.
                                "--spring.mail.properties.mail.smtp.connectiontimeout=" + TIMEOUT_MILLIS,
                                "--spring.mail.properties.mail.smtp.timeout=" + TIMEOUT_MILLIS,
                                "--spring.mail.properties.mail.smtp.writetimeout=" + TIMEOUT_MILLIS,
                                "--websentry.mail.from=WebSentry <noreply@example.com>",
                                "--websentry.public-url=http://sentry.example.com"))
                .toList();
    }

    /** Stops accepting connections. What was received is forgotten. */
    public void stop() {
        server.stop();
    }

    /** Accepts connections again, on the same port, if it was stopped. */
    public void restart() {
        if (!server.isRunning()) {
            server = start(port);
        }
    }

    /** Returns all received e-mails, in the order of their arrival. */
    public List<ReceivedEmail> received() {
        return Stream.of(server.getReceivedMessages()).map(ReceivedEmail::of).toList();
    }

    /** Returns the received e-mails to an address. */
    public List<ReceivedEmail> receivedBy(String recipient) {
        return received().stream()
                .filter(email -> email.recipient().equals(recipient))
                .toList();
    }

    /** Waits for the next e-mail to an address and returns all of them. */
    public List<ReceivedEmail> await(String recipient, int count) {
        Await.until(
                count + " e-mails to " + recipient, () -> receivedBy(recipient).size() >= count);
        return receivedBy(recipient);
    }

    @Override
    public void close() {
        allow(Integer.MAX_VALUE);
        server.stop();
    }

    /** An e-mail as the mail server received it. */
    public record ReceivedEmail(
            String id, String from, String recipient, String subject, String text, String html, String raw) {
        static ReceivedEmail of(MimeMessage message) {
            try {
                return new ReceivedEmail(
                        message.getMessageID(),
                        message.getFrom()[0].toString(),
                        message.getAllRecipients()[0].toString(),
                        message.getSubject(),
                        body(message, "text/plain"),
                        body(message, "text/html"),
                        GreenMailUtil.getWholeMessage(message));
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String body(Part part, String type) throws MessagingException {
            try {
                if (part.isMimeType(type)) {
                    return part.getContent().toString();
                }
                if (part.getContent() instanceof Multipart parts) {
                    for (int i = 0; i < parts.getCount(); i++) {
                        BodyPart child = parts.getBodyPart(i);
                        String found = body(child, type);
                        if (!found.isEmpty()) {
                            return found;
                        }
                    }
                }
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
