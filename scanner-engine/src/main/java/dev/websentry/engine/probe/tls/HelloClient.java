package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.DialException;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.tls.ClientHello;
import dev.websentry.engine.syntax.tls.ServerReply;
import dev.websentry.engine.syntax.tls.Sslv2;
import dev.websentry.engine.syntax.tls.Tls13Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends hellos to one address, one a connection, bounded in number, side by side and in time. Thread-safe. */
final class HelloClient {
    /** Connections to one address in one scan, retries apart. */
    static final int MOST_CONNECTIONS = 96;

    private static final int MOST_IN_FLIGHT = 16;
    /** Of the connections, those that the versions may still need: two each, and one for SSLv2. */
    private static final int KEPT_FOR_VERSIONS = 11;

    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProbeContext context;
    private final Optional<InetAddress> address;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final AtomicInteger left = new AtomicInteger(MOST_CONNECTIONS);

    /** @param address empty where a proxy finds it */
    HelloClient(ProbeContext context, Optional<InetAddress> address) {
        this.context = context;
        this.address = address;
    }

    /** How a reply is read off a connection. */
    private interface ReplyReader {
        ServerReply read(InputStream in) throws IOException;
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** How many connections may still be made to name suites. */
    int connectionsLeft() {
        return Math.max(0, left.get() - KEPT_FOR_VERSIONS);
    }

    HelloAnswer send(ClientHello hello) {
        return exchange(hello.record(), ServerReply::read);
    }

    /** Goes on to the certificate, which TLS 1.3 encrypts. */
    HelloAnswer sendForCertificate(ClientHello hello) {
        Tls13Exchange exchange = Tls13Exchange.begin(hello);
        return exchange(exchange.hello().record(), exchange::read);
    }

    /** Whether an SSLv2 hello is answered in kind. */
    Observed<Boolean> sendSslv2() {
        AtomicBoolean accepted = new AtomicBoolean();
        HelloAnswer answer = exchange(Sslv2.clientHello(random(16)), in -> {
            accepted.set(Sslv2.isServerHello(in));
            return new ServerReply.Refused("SSLv2");
        });
        return answer.flight().map(none -> accepted.get());
    }

    private HelloAnswer exchange(byte[] hello, ReplyReader reader) {
        if (left.decrementAndGet() < 0) {
            return unanswered(Kind.CONNECTION_LOST, "too many connections for one scan");
        }
        HelloAnswer first = attempt(hello, reader);
        boolean mayBeChance = first instanceof HelloAnswer.Unanswered unanswered
                && (unanswered.failure().kind() == Kind.REFUSED
                        || unanswered.failure().kind() == Kind.CONNECT_TIMED_OUT
                        || unanswered.failure().kind() == Kind.READ_TIMED_OUT);
        return mayBeChance && !context.deadline().hasPassed() ? attempt(hello, reader) : first;
    }

    private HelloAnswer attempt(byte[] hello, ReplyReader reader) {
        try {
            if (!inFlight.tryAcquire(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return unanswered(Kind.READ_TIMED_OUT, "the scan's deadline passed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(Kind.READ_TIMED_OUT, "interrupted");
        }
        try {
            return connected(hello, reader);
        } finally {
            inFlight.release();
        }
    }

    private HelloAnswer connected(byte[] hello, ReplyReader reader) {
        Deadline deadline = context.deadline().within(PATIENCE);
        try (Socket socket = connect(deadline)) {
            return new HelloAnswer.Replied(talk(socket, hello, reader, deadline));
        } catch (DialException e) {
            return unanswered(e.kind(), String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return unanswered(
                    Kind.READ_TIMED_OUT,
                    address.map(InetAddress::getHostAddress)
                                    .orElse(context.target().host().ascii())
                            + " did not answer a ClientHello in time");
        } catch (IOException e) {
            return unanswered(Kind.CONNECTION_LOST, String.valueOf(e.getMessage()));
        }
    }

    private Socket connect(Deadline deadline) throws IOException {
        String host = context.target().host().ascii();
        int port = context.target().httpsPort();
        return address.isPresent()
                ? context.dialer().connect(host, address.get(), port, deadline)
                : context.dialer().tunnel(context.proxy().orElseThrow(), host, port, deadline);
    }

    private static ServerReply talk(Socket socket, byte[] hello, ReplyReader reader, Deadline deadline)
            throws IOException {
        try {
            socket.getOutputStream().write(hello);
            return reader.read(new DeadlineStream(socket, deadline));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A reset after connecting is a no, as an alert is.
            return new ServerReply.Refused("the connection was reset");
        }
    }

    private static HelloAnswer unanswered(Kind kind, String detail) {
        return new HelloAnswer.Unanswered(new Failure(kind, detail));
    }
}
