package dev.websentry.testsite.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A DNS resolver on loopback that serves zones over UDP and TCP on one port.
 *
 * <pre>{@code
 * try (TestDns dns = TestDns.serving(TestZone.of("example.com.", "@ TXT \"v=spf1 -all\""))) { ... }
 * }</pre>
 */
public final class TestDnsServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8, work -> {
        Thread thread = new Thread(work, "test-dns");
        thread.setDaemon(true);
        return thread;
    });
    private final ZoneResponder answers;
    private final Map<String, DnsFault> faults = new ConcurrentHashMap<>();
    private final Map<String, SequencedAnswers> sequences = new ConcurrentHashMap<>();
    private final Queue<LoggedQuery> log = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile @Nullable DnsFault defaultFault;
    private volatile long delayMillis;

    /**
     * A received query.
     *
     * @param name queried name without the final dot; {@code .} for the root
     * @param type record type
     * @param checkingDisabled whether the CD flag is set
     * @param tcp whether the query was received over TCP
     * @param round 1 plus the minimum number of sequential responses that preceded the query
     */
    public record LoggedQuery(String name, String type, boolean checkingDisabled, boolean tcp, int round) {
        /** Returns type and name, such as {@code TXT example.com}. */
        public String question() {
            return type + " " + name;
        }
    }

    private TestDnsServer(List<TestZone> zones) {
        answers = new ZoneResponder(zones);
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            tcp = new ServerSocket(0, 50, loopback);
            udp = new DatagramSocket(tcp.getLocalPort(), loopback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::receive);
        threads.execute(this::accept);
    }

    /** Starts a server for zones. */
    public static TestDnsServer serving(TestZone... zones) {
        return new TestDnsServer(List.of(zones));
    }

    /**
     * Simulates a fault for one question.
     *
     * @param question such as {@code TXT example.com}
     * @param fault the fault
     */
    public TestDnsServer fault(String question, DnsFault fault) {
        faults.put(question, fault);
        return this;
    }

    /**
     * Responds to a question with different answers in sequence, and then always with the last one. All answers have
     * TTL 0. This simulates DNS rebinding.
     *
     * <p>Clients on a busy machine repeat a query if they did not receive the answer in time. They are referred to TCP,
     * where this server notices that an answer was not read: the query does not count, and the answer is given again.
     *
     * @param question such as {@code A example.com}
     * @param answers data of the records of each answer, separated by spaces; empty for an answer without records
     */
    public TestDnsServer answerInSequence(String question, String... answers) {
        sequences.put(question, SequencedAnswers.of(question, answers));
        return this;
    }

    /** Simulates a fault for every question. */
    public TestDnsServer alwaysFault(DnsFault fault) {
        defaultFault = fault;
        return this;
    }

    /** Delays every response over UDP. With a delay, {@link LoggedQuery#round} is exact. */
    public TestDnsServer delay(long millis) {
        delayMillis = millis;
        return this;
    }

    /** Omits all DNSSEC records, as a forwarder without DNSSEC support does. */
    public TestDnsServer withoutDnssec() {
        answers.stripDnssec();
        return this;
    }

    /** Returns the address of the server as {@code 127.0.0.1:port}, for options. */
    public String server() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return tcp.getLocalPort();
    }

    /** Returns the queries so far, in order. */
    public List<LoggedQuery> log() {
        return List.copyOf(log);
    }

    /** Clears the log. */
    public void clearLog() {
        log.clear();
    }

    /** Returns the questions received over UDP, in order. Repetitions over TCP are omitted. */
    public List<String> questions() {
        return log.stream()
                .filter(query -> !query.tcp())
                .map(LoggedQuery::question)
                .toList();
    }

    private void receive() {
        byte[] buffer = new byte[65_535];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                int round = answered.get() + 1;
                List<byte[]> replies = replies(query, false, round);
                if (!replies.isEmpty()) {
                    ScheduledFuture<?> unused =
                            threads.schedule(() -> send(replies, packet, round), delayMillis, TimeUnit.MILLISECONDS);
                }
            } catch (IOException | RuntimeException e) {
                // The socket was closed, or there is no answer to the packet. The next query must still be answered.
            }
        }
    }

    private void send(List<byte[]> replies, DatagramPacket query, int round) {
        try {
            answered.accumulateAndGet(round, Math::max);
            for (byte[] reply : replies) {
                udp.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
            }
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException | RuntimeException e) {
                // The socket was closed.
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Message query = new Message(in.readNBytes(in.readUnsignedShort()));
            SequencedAnswers sequence =
                    sequences.get(loggedQuery(query, true, 0).question());
            if (sequence != null) {
                respondInSequence(socket, query, sequence);
                return;
            }
            for (byte[] reply : replies(query, true, answered.get() + 1)) {
                write(socket, reply);
            }
        } catch (IOException | RuntimeException e) {
            // The client has disconnected, or its query is invalid.
        }
    }

    private static void write(Socket socket, byte[] reply) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(reply.length + 2);
        message.putShort((short) reply.length).put(reply);
        socket.getOutputStream().write(message.array());
    }

    private void respondInSequence(Socket socket, Message query, SequencedAnswers sequence) throws IOException {
        // A client that repeats its query waits until it is known whether it has read the answer.
        synchronized (sequence) {
            if (hasClosed(socket)) {
                return;
            }
            LoggedQuery logged = loggedQuery(query, true, answered.get() + 1);
            log.add(logged);
            try {
                write(socket, ZoneResponder.respond(query, sequence.current()));
                // A client that closes the connection with unread data resets it (RFC 1122 section 4.2.2.13).
                int unused = socket.getInputStream().read();
                sequence.advance();
            } catch (IOException e) {
                log.remove(logged);
            }
        }
    }

    private static boolean hasClosed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    private static LoggedQuery loggedQuery(Message query, boolean overTcp, int round) {
        Record question = query.getQuestion();
        String name = question.getName().toString(true).toLowerCase(java.util.Locale.ROOT);
        boolean disabled = query.getHeader().getFlag(Flags.CD);
        return new LoggedQuery(name.isEmpty() ? "." : name, Type.string(question.getType()), disabled, overTcp, round);
    }

    private List<byte[]> replies(Message query, boolean overTcp, int round) throws IOException {
        LoggedQuery logged = loggedQuery(query, overTcp, round);
        if (sequences.containsKey(logged.question())) {
            return List.of(ZoneResponder.truncated(query));
        }
        log.add(logged);
        DnsFault specific = faults.get(logged.question());
        DnsFault fault = specific == null ? defaultFault : specific;
        if (fault == DnsFault.SILENT) {
            return List.of();
        }
        List<byte[]> replies = new ArrayList<>();
        if (fault == DnsFault.SPOOFED_FIRST) {
            replies.addAll(ZoneResponder.spoofedResponses(query));
        }
        replies.add(response(query, fault, overTcp));
        return replies;
    }

    /** Returns the response, or SERVFAIL if the zones cannot answer the query (RFC 1035 section 4.1.1). */
    private byte[] response(Message query, @Nullable DnsFault fault, boolean overTcp) throws IOException {
        try {
            return answers.respond(query, fault, overTcp);
        } catch (RuntimeException e) {
            return answers.respond(query, DnsFault.SERVFAIL, overTcp);
        }
    }

    /**
     * Returns the length of the longest chain of queries that depend on each other.
     *
     * @param counted selects the queries to count
     */
    public int sequentialRounds(java.util.function.Predicate<LoggedQuery> counted) {
        return log.stream()
                .filter(counted)
                .map(LoggedQuery::round)
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
