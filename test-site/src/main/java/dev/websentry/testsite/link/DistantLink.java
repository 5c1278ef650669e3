package dev.websentry.testsite.link;

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
 * A link between a scan and servers on loopback on which everything takes round trips: one for a TCP connection, one from
 * a request to its answer, one for a datagram and the one that answers it. Either each takes a time, or they are counted:
 * {@link #counting()} looks at no clock, and what is sent in the same round is answered in the same round, however busy the
 * machine is.
 */
public final class DistantLink implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final LinkClock clock;
    private final Selector selector;
    private final PriorityQueue<Delivery> onTheirWay =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::due).thenComparingLong(Delivery::number));
    private final List<SelectableChannel> doors = new CopyOnWriteArrayList<>();
    private final List<Event> trace = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "distant-link");
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long number;
    private volatile boolean open = true;

    /**
     * Something that arrived.
     *
     * @param round how many round trips had passed by then
     * @param flow the door's name and the number of the connection or datagram through it
     * @param what connected, request, answer or end
     */
    public record Event(long round, String flow, String what) {}

    private record Delivery(long due, long number, Action action) {}

    /** What happens on arrival. */
    private interface Action {
        void arrive() throws IOException;
    }

    /** Reads from one channel what goes to another. */
    private interface Reader {
        void read() throws IOException;
    }

    private DistantLink(LinkClock clock) {
        this.clock = clock;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Each round trip takes so long. */
    public static DistantLink of(Duration roundTrip) {
        return new DistantLink(new WallClock(roundTrip));
    }

    /** Round trips are counted. On Linux. */
    public static DistantLink counting() {
        return new DistantLink(new RoundClock());
    }

    /** @return the port of 127.0.0.1 from which the link leads to this TCP port of it */
    public int tcp(String name, int port) {
        return open(name, port, false);
    }

    /** The same for datagrams, and for TCP on the same port. */
    public int dns(String name, int port) {
        return open(name, port, true);
    }

    /** What arrived so far, in order. */
    public List<Event> trace() {
        return List.copyOf(trace);
    }

    /** How many round trips passed so far, where they are counted. */
    public long rounds() {
        return clock.now();
    }

    private int open(String name, int port, boolean datagrams) {
        try {
            ServerSocketChannel door = ServerSocketChannel.open();
            door.bind(loopback(0), 256);
            int own = ((InetSocketAddress) door.getLocalAddress()).getPort();
            int[] count = {0};
            register(door, SelectionKey.OP_ACCEPT, () -> accept(door, name + "#" + ++count[0], port));
            if (datagrams) {
                DatagramChannel udp = DatagramChannel.open().bind(loopback(own));
                register(udp, SelectionKey.OP_READ, () -> query(udp, name + "#" + ++count[0], port));
                doors.add(udp);
            }
            doors.add(door);
            selector.wakeup();
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private void register(SelectableChannel channel, int operation, Reader reader) throws IOException {
        channel.configureBlocking(false);
        if (channel instanceof SocketChannel connection) {
            // Small pieces would wait for acknowledgements, which are no round trips of the scan's.
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.register(selector, operation, reader);
    }

    private void run() {
        try {
            while (open) {
                while (!onTheirWay.isEmpty() && onTheirWay.peek().due() - clock.now() <= 0) {
                    arrive(onTheirWay.remove().action());
                }
                clock.await(
                        selector,
                        onTheirWay.isEmpty()
                                ? Long.MAX_VALUE
                                : onTheirWay.peek().due());
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

    private static void arrive(Action action) throws IOException {
        try {
            action.arrive();
        } catch (IOException e) {
            // The receiver is gone; the sender hears of it when it sends the next time.
        }
    }

    private static void read(SelectionKey key) throws IOException {
        try {
            if (key.isValid()) {
                ((Reader) key.attachment()).read();
            }
        } catch (IOException e) {
            key.channel().close();
        }
    }

    private void later(long due, Action action) {
        onTheirWay.add(new Delivery(due, number++, action));
    }

    private void accept(ServerSocketChannel door, String flow, int port) throws IOException {
        SocketChannel client = door.accept();
        if (client == null) {
            return;
        }
        SocketChannel server = SocketChannel.open(loopback(port));
        // What the client sends at once is sent when its connection stands, one round trip from now.
        long connected = clock.now() + clock.roundTrip();
        register(client, SelectionKey.OP_READ, () -> pass(client, server, flow, "request", connected, 0));
        register(
                server, SelectionKey.OP_READ, () -> pass(server, client, flow, "answer", connected, clock.roundTrip()));
        later(connected, () -> note(flow, "connected"));
    }

    private void pass(SocketChannel from, SocketChannel to, String flow, String what, long earliest, long delay)
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
            later(due, () -> end(from, to, flow));
        } else if (count > 0) {
            byte[] bytes = java.util.Arrays.copyOf(buffer.array(), count);
            later(due, () -> {
                note(flow, what);
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    to.write(rest);
                }
            });
        }
    }

    /** One direction is over; with the second, the connection. */
    private void end(SocketChannel from, SocketChannel to, String flow) throws IOException {
        note(flow, "end");
        if (to.keyFor(selector) != null && to.keyFor(selector).isValid()) {
            to.shutdownOutput();
        } else {
            from.close();
            to.close();
        }
    }

    private void query(DatagramChannel door, String flow, int port) throws IOException {
        buffer.clear();
        SocketAddress client = door.receive(buffer);
        if (client == null) {
            return;
        }
        DatagramChannel server = DatagramChannel.open().connect(loopback(port));
        register(server, SelectionKey.OP_READ, () -> reply(server, door, client, flow));
        note(flow, "request");
        server.write(buffer.flip());
    }

    private void reply(DatagramChannel server, DatagramChannel door, SocketAddress client, String flow)
            throws IOException {
        buffer.clear();
        int count = server.read(buffer);
        if (count > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(java.util.Arrays.copyOf(buffer.array(), count));
            later(clock.now() + clock.roundTrip(), () -> {
                note(flow, "answer");
                door.send(bytes, client);
                server.close();
            });
        }
    }

    private void note(String flow, String what) {
        trace.add(new Event(clock.now(), flow, what));
    }

    @Override
    public void close() {
        open = false;
        selector.wakeup();
        try {
            thread.join();
            for (SelectableChannel door : doors) {
                door.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
