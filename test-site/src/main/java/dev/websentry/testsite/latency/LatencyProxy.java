package dev.websentry.testsite.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that adds latency between a scan and servers on loopback. A TCP connection takes one round trip, and so does
 * every request with its response and every datagram with its reply.
 *
 * <p>Round trips either take a fixed time, or are counted. With {@link #countingRoundTrips()} the result does not depend on a
 * clock: whatever is sent in the same round trip is answered in the same round trip, even on a busy machine.
 */
public final class LatencyProxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final LatencyClock clock;
    private final Selector selector;
    private final PriorityQueue<ScheduledDelivery> inTransit = new PriorityQueue<>(
            Comparator.comparingLong(ScheduledDelivery::due).thenComparingLong(ScheduledDelivery::number));
    private final List<SelectableChannel> listeners = new CopyOnWriteArrayList<>();
    private final List<TrafficEvent> trace = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "latency-proxy");
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long number;
    private volatile boolean open = true;

    /**
     * The arrival of data.
     *
     * @param round number of round trips that had elapsed
     * @param flow name of the listener, and number of its connection or datagram
     * @param what {@code connected}, {@code request}, {@code answer} or {@code end}
     */
    public record TrafficEvent(long round, String flow, String what) {}

    private record ScheduledDelivery(long due, long number, DeliveryAction action) {}

    /** Action to perform when data arrives. */
    private interface DeliveryAction {
        void arrive() throws IOException;
    }

    /** Reads data from one channel to forward it to another. */
    private interface ChannelReader {
        void read() throws IOException;
    }

    private LatencyProxy(LatencyClock clock) {
        this.clock = clock;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Creates a proxy on which each round trip takes a fixed time. */
    public static LatencyProxy withRoundTrip(Duration roundTrip) {
        return new LatencyProxy(new WallClock(roundTrip));
    }

    /** Creates a proxy that counts round trips instead of delaying data. Requires Linux. */
    public static LatencyProxy countingRoundTrips() {
        return new LatencyProxy(new RoundTripCounter());
    }

    /**
     * Forwards a new port to a TCP port of 127.0.0.1.
     *
     * @param name name of the listener in {@link #trace()}
     * @param port port to forward to
     * @return the new port
     */
    public int forwardTcp(String name, int port) {
        return open(name, port, false);
    }

    /**
     * Forwards a new port to a port of 127.0.0.1, for both UDP and TCP.
     *
     * @param name name of the listener in {@link #trace()}
     * @param port port to forward to
     * @return the new port
     */
    public int forwardUdpAndTcp(String name, int port) {
        return open(name, port, true);
    }

    /** Returns the events so far, in order. */
    public List<TrafficEvent> trace() {
        return List.copyOf(trace);
    }

    /** Returns the number of round trips so far; only for a proxy that counts them. */
    public long roundTrips() {
        return clock.now();
    }

    private int open(String name, int port, boolean datagrams) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(loopback(0), 256);
            int own = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            int[] count = {0};
            register(listener, SelectionKey.OP_ACCEPT, () -> accept(listener, name + "#" + ++count[0], port));
            if (datagrams) {
                DatagramChannel udp = DatagramChannel.open().bind(loopback(own));
                register(udp, SelectionKey.OP_READ, () -> query(udp, name + "#" + ++count[0], port));
                listeners.add(udp);
            }
            listeners.add(listener);
            selector.wakeup();
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private void register(SelectableChannel channel, int operation, ChannelReader reader) throws IOException {
        channel.configureBlocking(false);
        if (channel instanceof SocketChannel connection) {
            // Otherwise small writes wait for acknowledgments, which are not round trips of the scan.
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.register(selector, operation, reader);
    }

    private void run() {
        try {
            while (open) {
                while (!inTransit.isEmpty() && inTransit.peek().due() - clock.now() <= 0) {
                    arrive(inTransit.remove().action());
                }
                clock.await(
                        selector,
                        inTransit.isEmpty() ? Long.MAX_VALUE : inTransit.peek().due());
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void arrive(DeliveryAction action) throws IOException {
        try {
            action.arrive();
        } catch (IOException e) {
            // The receiver has disconnected; the next write of the sender fails.
        }
    }

    private static void read(SelectionKey key) throws IOException {
        try {
            if (key.isValid()) {
                ((ChannelReader) key.attachment()).read();
            }
        } catch (IOException e) {
            key.channel().close();
        }
    }

    private void schedule(long due, DeliveryAction action) {
        inTransit.add(new ScheduledDelivery(due, number++, action));
    }

    private void accept(ServerSocketChannel listener, String flow, int port) throws IOException {
        SocketChannel client = listener.accept();
        if (client == null) {
            return;
        }
        SocketChannel server = SocketChannel.open(loopback(port));
        // Data that the client sends immediately is delivered when the connection is established, in one round trip.
        long connected = clock.now() + clock.roundTrip();
        register(client, SelectionKey.OP_READ, () -> forward(client, server, flow, "request", connected, 0));
        register(
                server,
                SelectionKey.OP_READ,
                () -> forward(server, client, flow, "answer", connected, clock.roundTrip()));
        schedule(connected, () -> addEvent(flow, "connected"));
    }

    private void forward(SocketChannel from, SocketChannel to, String flow, String what, long earliest, long delay)
            throws IOException {
        int count;
        try {
            buffer.clear();
            count = from.read(buffer);
        } catch (IOException e) {
            count = -1;
        }
        long due = Math.max(earliest, clock.now() + delay);
        if (count < 0) {
            from.keyFor(selector).cancel();
            schedule(due, () -> end(from, to, flow));
        } else if (count > 0) {
            byte[] bytes = java.util.Arrays.copyOf(buffer.array(), count);
            schedule(due, () -> {
                addEvent(flow, what);
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    to.write(rest);
                }
            });
        }
    }

    /** Ends one direction of a connection, and closes the connection after the second one. */
    private void end(SocketChannel from, SocketChannel to, String flow) throws IOException {
        addEvent(flow, "end");
        if (to.keyFor(selector) != null && to.keyFor(selector).isValid()) {
            to.shutdownOutput();
        } else {
            from.close();
            to.close();
        }
    }

    private void query(DatagramChannel listener, String flow, int port) throws IOException {
        buffer.clear();
        SocketAddress client = listener.receive(buffer);
        if (client == null) {
            return;
        }
        DatagramChannel server = DatagramChannel.open().connect(loopback(port));
        register(server, SelectionKey.OP_READ, () -> reply(server, listener, client, flow));
        addEvent(flow, "request");
        server.write(buffer.flip());
    }

    private void reply(DatagramChannel server, DatagramChannel listener, SocketAddress client, String flow)
            throws IOException {
        buffer.clear();
        int count = server.read(buffer);
        if (count > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(java.util.Arrays.copyOf(buffer.array(), count));
            schedule(clock.now() + clock.roundTrip(), () -> {
                addEvent(flow, "answer");
                listener.send(bytes, client);
                server.close();
            });
        }
    }

    private void addEvent(String flow, String what) {
        trace.add(new TrafficEvent(clock.now(), flow, what));
    }

    @Override
    public void close() {
        open = false;
        selector.wakeup();
        try {
            thread.join();
            for (SelectableChannel listener : listeners) {
                listener.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
