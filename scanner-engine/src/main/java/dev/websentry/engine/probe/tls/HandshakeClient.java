package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.DialException;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.tls.ClientHello;
import dev.websentry.engine.syntax.tls.HandshakeReply;
import dev.websentry.engine.syntax.tls.Sslv2Hello;
import dev.websentry.engine.syntax.tls.Tls13Handshake;
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
final class HandshakeClient {
    /** The maximum number of connections to one address in one scan, not counting retries. */
    static final int MAX_CONNECTIONS = 96;

    private static final int MAX_CONCURRENT_CONNECTIONS = 16;
    /** Connections that are reserved for the versions: two for each version, and one for SSLv2. */
    private static final int RESERVED_FOR_VERSIONS = 11;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProbeContext context;
    private final Optional<InetAddress> address;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_CONNECTIONS);
    private final AtomicInteger remaining = new AtomicInteger(MAX_CONNECTIONS);

    /**
     * Creates a client for one address.
     *
     * @param context the state of the scan
     * @param address the address to connect to; empty if the proxy resolves it
     */
    HandshakeClient(ProbeContext context, Optional<InetAddress> address) {
        this.context = context;
        this.address = address;
    }

    /** Reads a server's reply from a connection. */
    private interface ReplyReader {
        HandshakeReply read(InputStream in) throws IOException;
    }

    /** Returns random bytes. */
    static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Returns the number of connections that remain for enumerating cipher suites. */
    int remainingConnections() {
        return Math.max(0, remaining.get() - RESERVED_FOR_VERSIONS);
    }

    /**
     * Sends a ClientHello and reads the server's first flight.
     *
     * @param hello the ClientHello
     * @return the outcome; a connection that is refused or times out is retried once
     */
    HandshakeOutcome send(ClientHello hello) {
        return exchange(hello.toRecord(), HandshakeReply::read);
    }

    /** Sends a TLS 1.3 ClientHello and continues the handshake up to the server's encrypted certificate. */
    HandshakeOutcome sendForCertificate(ClientHello hello) {
        Tls13Handshake exchange = Tls13Handshake.start(hello);
        return exchange(exchange.hello().toRecord(), exchange::readFlight);
    }

    /** Sends an SSLv2 ClientHello and returns whether the server replies with an SSLv2 ServerHello. */
    Observation<Boolean> sendSslv2() {
        AtomicBoolean accepted = new AtomicBoolean();
        HandshakeOutcome answer = exchange(Sslv2Hello.clientHello(randomBytes(16)), in -> {
            accepted.set(Sslv2Hello.isServerHello(in));
            return new HandshakeReply.HandshakeRefused("SSLv2");
        });
        return answer.serverFlight().map(flight -> accepted.get());
    }

    private HandshakeOutcome exchange(byte[] hello, ReplyReader reader) {
        if (remaining.decrementAndGet() < 0) {
            return unanswered(RequestFailureKind.CONNECTION_LOST, "too many connections for one scan");
        }
        HandshakeOutcome first = attempt(hello, reader);
        boolean retriable = first instanceof HandshakeOutcome.NoReply unanswered
                && (unanswered.failure().kind() == RequestFailureKind.REFUSED
                        || unanswered.failure().kind() == RequestFailureKind.CONNECT_TIMED_OUT
                        || unanswered.failure().kind() == RequestFailureKind.READ_TIMED_OUT);
        return retriable && !context.deadline().hasPassed() ? attempt(hello, reader) : first;
    }

    private HandshakeOutcome attempt(byte[] hello, ReplyReader reader) {
        try {
            if (!permits.tryAcquire(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return unanswered(RequestFailureKind.READ_TIMED_OUT, "the scan timed out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(RequestFailureKind.READ_TIMED_OUT, "the scan was interrupted");
        }
        try {
            return connected(hello, reader);
        } finally {
            permits.release();
        }
    }

    private HandshakeOutcome connected(byte[] hello, ReplyReader reader) {
        Deadline deadline = context.deadline().within(TIMEOUT);
        try (Socket socket = connect(deadline)) {
            return new HandshakeOutcome.ReplyReceived(talk(socket, hello, reader, deadline));
        } catch (DialException e) {
            // At the end of the scan, the connect timeout may not have passed.
            boolean cut = e.kind() == RequestFailureKind.CONNECT_TIMED_OUT
                    && context.deadline().hasPassed();
            return unanswered(cut ? RequestFailureKind.READ_TIMED_OUT : e.kind(), String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return unanswered(
                    RequestFailureKind.READ_TIMED_OUT,
                    address.map(InetAddress::getHostAddress)
                                    .orElse(context.target().host().ascii())
                            + " did not respond to a ClientHello in time");
        } catch (IOException e) {
            return unanswered(RequestFailureKind.CONNECTION_LOST, String.valueOf(e.getMessage()));
        }
    }

    private Socket connect(Deadline deadline) throws IOException {
        String host = context.target().host().ascii();
        int port = context.target().httpsPort();
        return address.isPresent()
                ? context.dialer().connect(host, address.get(), port, deadline)
                : context.dialer().connectThroughProxy(context.targetProxy().orElseThrow(), host, port, deadline);
    }

    private static HandshakeReply talk(Socket socket, byte[] hello, ReplyReader reader, Deadline deadline)
            throws IOException {
        try {
            socket.getOutputStream().write(hello);
            return reader.read(new DeadlineInputStream(socket, deadline));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A reset after connecting is a refusal, like an alert.
            return new HandshakeReply.HandshakeRefused("the connection was reset");
        }
    }

    private static HandshakeOutcome unanswered(RequestFailureKind kind, String detail) {
        return new HandshakeOutcome.NoReply(new Failure(kind, detail));
    }
}
