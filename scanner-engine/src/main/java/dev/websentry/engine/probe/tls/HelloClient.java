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

/**
 * Sends ClientHello messages to one address, each on its own connection. The total number of connections, the number of
 * concurrent connections and the time for each connection are limited. Thread-safe.
 */
final class HelloClient {
    /** The maximum number of connections to one address in one scan, not counting retries. */
    static final int MOST_CONNECTIONS = 96;

    private static final int MAX_CONCURRENT_CONNECTIONS = 16;
    /** Connections that are reserved for the versions: two for each version, and one for SSLv2. */
    private static final int RESERVED_FOR_VERSIONS = 11;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProbeContext context;
    private final Optional<InetAddress> address;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_CONNECTIONS);
    private final AtomicInteger remaining = new AtomicInteger(MOST_CONNECTIONS);

    /**
     * Creates a client for one address.
     *
     * @param context the state of the scan
     * @param address the address to connect to; empty if the proxy resolves it
     */
    HelloClient(ProbeContext context, Optional<InetAddress> address) {
        this.context = context;
        this.address = address;
    }

    /** Reads a server's reply from a connection. */
    private interface ReplyReader {
        ServerReply read(InputStream in) throws IOException;
    }

    /** Returns random bytes. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Returns the number of connections that remain for enumerating cipher suites. */
    int connectionsLeft() {
        return Math.max(0, remaining.get() - RESERVED_FOR_VERSIONS);
    }

    /**
     * Sends a ClientHello and reads the server's first flight.
     *
     * @param hello the ClientHello
     * @return the outcome; a connection that is refused or times out is retried once
     */
    HelloAnswer send(ClientHello hello) {
        return exchange(hello.record(), ServerReply::read);
    }

    /** Sends a TLS 1.3 ClientHello and continues the handshake up to the server's encrypted certificate. */
    HelloAnswer sendForCertificate(ClientHello hello) {
        Tls13Exchange exchange = Tls13Exchange.begin(hello);
        return exchange(exchange.hello().record(), exchange::read);
    }

    /** Sends an SSLv2 ClientHello and returns whether the server replies with an SSLv2 ServerHello. */
    Observed<Boolean> sendSslv2() {
        AtomicBoolean accepted = new AtomicBoolean();
        HelloAnswer answer = exchange(Sslv2.clientHello(random(16)), in -> {
            accepted.set(Sslv2.isServerHello(in));
            return new ServerReply.Refused("SSLv2");
        });
        return answer.flight().map(flight -> accepted.get());
    }

    private HelloAnswer exchange(byte[] hello, ReplyReader reader) {
        if (remaining.decrementAndGet() < 0) {
            return unanswered(Kind.CONNECTION_LOST, "too many connections for one scan");
        }
        HelloAnswer first = attempt(hello, reader);
        boolean retriable = first instanceof HelloAnswer.Unanswered unanswered
                && (unanswered.failure().kind() == Kind.REFUSED
                        || unanswered.failure().kind() == Kind.CONNECT_TIMED_OUT
                        || unanswered.failure().kind() == Kind.READ_TIMED_OUT);
        return retriable && !context.deadline().hasPassed() ? attempt(hello, reader) : first;
    }

    private HelloAnswer attempt(byte[] hello, ReplyReader reader) {
        try {
            if (!permits.tryAcquire(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return unanswered(Kind.READ_TIMED_OUT, "the scan timed out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(Kind.READ_TIMED_OUT, "the scan was interrupted");
        }
        try {
            return connected(hello, reader);
        } finally {
            permits.release();
        }
    }

    private HelloAnswer connected(byte[] hello, ReplyReader reader) {
        Deadline deadline = context.deadline().within(TIMEOUT);
        try (Socket socket = connect(deadline)) {
            return new HelloAnswer.Replied(talk(socket, hello, reader, deadline));
        } catch (DialException e) {
            return unanswered(e.kind(), String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return unanswered(
                    Kind.READ_TIMED_OUT,
                    address.map(InetAddress::getHostAddress)
                                    .orElse(context.target().host().ascii())
                            + " did not respond to a ClientHello in time");
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
            // A reset after connecting is a refusal, like an alert.
            return new ServerReply.Refused("the connection was reset");
        }
    }

    private static HelloAnswer unanswered(Kind kind, String detail) {
        return new HelloAnswer.Unanswered(new Failure(kind, detail));
    }
}
