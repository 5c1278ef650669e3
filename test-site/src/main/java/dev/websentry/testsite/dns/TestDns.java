package dev.websentry.testsite.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
 * A resolver on loopback that knows some zones, UDP and TCP on one port.
 *
 * <pre>{@code
 * try (TestDns dns = TestDns.serving(TestZone.of("example.com.", "@ TXT \"v=spf1 -all\""))) { ... }
 * }</pre>
 */
public final class TestDns implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8, work -> {
        Thread thread = new Thread(work, "test-dns");
        thread.setDaemon(true);
        return thread;
    });
    private final Answers answers;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, Turns> turns = new ConcurrentHashMap<>();
    private final Queue<Query> log = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile @Nullable Fault always;
    private volatile long delayMillis;

    /**
     * One query that came.
     *
     * @param round how many answers at the least had to come, one after the other, before this was asked: 1 for the first
     */
    public record Query(String name, String type, boolean checkingDisabled, boolean tcp, int round) {
        public String question() {
            return type + " " + name;
        }
    }

    private TestDns(List<TestZone> zones) {
        answers = new Answers(zones);
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

    public static TestDns serving(TestZone... zones) {
        return new TestDns(List.of(zones));
    }

    /** @param question such as {@code TXT example.com} */
    public TestDns fault(String question, Fault fault) {
        faults.put(question, fault);
        return this;
    }

    /**
     * Answers a question with each of these in turn and from then on with the last, all of them to be forgotten at once (TTL
     * 0): what somebody does who rebinds a name.
     *
     * @param question such as {@code A example.com}
     * @param answers each with its records' data, separated by spaces; empty for none
     */
    public TestDns inTurn(String question, String... answers) {
        turns.put(question, Turns.of(question, answers));
        return this;
    }

    public TestDns always(Fault fault) {
        always = fault;
        return this;
    }

    /** Each answer takes so long; with it, {@link Query#round} is exact. */
    public TestDns delay(long millis) {
        delayMillis = millis;
        return this;
    }

    /** A forwarder that knows nothing of DNSSEC. */
    public TestDns stripping() {
        answers.strip();
        return this;
    }

    /** As options name it: {@code 127.0.0.1:port}. */
    public String server() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return tcp.getLocalPort();
    }

    public List<Query> log() {
        return List.copyOf(log);
    }

    /** Begins the log anew, before it grows too long. */
    public void forget() {
        log.clear();
    }

    /** What was asked, without TCP repeats, in order. */
    public List<String> questions() {
        return log.stream().filter(query -> !query.tcp()).map(Query::question).toList();
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
            } catch (IOException e) {
                // Closed, or no message: either way there is nobody to answer.
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
            // The asker is gone.
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                socket.setSoTimeout(2000);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Message query = new Message(in.readNBytes(in.readUnsignedShort()));
                for (byte[] reply : replies(query, true, answered.get() + 1)) {
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(reply.length);
                    out.write(reply);
                    out.flush();
                }
            } catch (IOException e) {
                // Closed, or the asker is gone.
            }
        }
    }

    private List<byte[]> replies(Message query, boolean overTcp, int round) throws IOException {
        Record question = query.getQuestion();
        String name = question.getName().toString(true).toLowerCase(java.util.Locale.ROOT);
        String type = Type.string(question.getType());
        boolean disabled = query.getHeader().getFlag(Flags.CD);
        log.add(new Query(name.isEmpty() ? "." : name, type, disabled, overTcp, round));
        Turns turn = turns.get(type + " " + name);
        if (turn != null) {
            return List.of(Answers.reply(query, turn.next()));
        }
        Fault named = faults.get(type + " " + name);
        Fault fault = named == null ? always : named;
        if (fault == Fault.SILENT) {
            return List.of();
        }
        List<byte[]> replies = new ArrayList<>();
        if (fault == Fault.SPOOFED_FIRST) {
            replies.addAll(Answers.spoofed(query));
        }
        replies.add(answers.reply(query, fault, overTcp));
        return replies;
    }

    /** The longest chain of questions that waited for each other, these types left out. */
    public int rounds(java.util.function.Predicate<Query> counted) {
        return log.stream()
                .filter(counted)
                .map(Query::round)
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
