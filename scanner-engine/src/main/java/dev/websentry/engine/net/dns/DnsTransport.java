package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Carries one query to a DNS server and its answer back. Blocking with a deadline and open to interruption; a socket lives
 * as long as its query, so each has a source port of its own and nothing stays behind.
 */
final class DnsTransport {
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int LISTEN_MILLIS = 250;

    private DnsTransport() {}

    /** @param fits whether a datagram answers the query; what does not is passed over (RFC 5452 section 9.1) */
    static byte[] udp(InetSocketAddress server, byte[] query, Predicate<byte[]> fits, Deadline deadline)
            throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            // A connected socket takes datagrams from that server alone, and hears when its port is closed.
            channel.connect(server);
            channel.configureBlocking(false);
            try (Waiting waiting = new Waiting(channel, deadline)) {
                channel.write(ByteBuffer.wrap(query));
                ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
                while (true) {
                    waiting.aWhile();
                    buffer.clear();
                    if (channel.read(buffer) > 0) {
                        byte[] answer = Arrays.copyOf(buffer.array(), buffer.position());
                        if (fits.test(answer)) {
                            return answer;
                        }
                    }
                }
            }
        }
    }

    /** RFC 7766: a length of two octets stands before each message. */
    static byte[] tcp(InetSocketAddress server, byte[] query, Deadline deadline) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            try (Waiting waiting = new Waiting(channel, deadline)) {
                if (!channel.connect(server)) {
                    do {
                        waiting.until(SelectionKey.OP_CONNECT);
                    } while (!channel.finishConnect());
                }
                ByteBuffer out = ByteBuffer.allocate(query.length + 2);
                out.putShort((short) query.length).put(query).flip();
                while (out.hasRemaining()) {
                    waiting.until(SelectionKey.OP_WRITE);
                    channel.write(out);
                }
                ByteBuffer length = read(channel, waiting, 2);
                return read(channel, waiting, length.getShort(0) & 0xffff).array();
            }
        }
    }

    private static ByteBuffer read(SocketChannel channel, Waiting waiting, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            waiting.until(SelectionKey.OP_READ);
            if (channel.read(buffer) < 0) {
                throw new EOFException("the DNS server closed the connection before its answer ended");
            }
        }
        return buffer;
    }

    /** Waits for one channel, no longer than a deadline. */
    private static final class Waiting implements AutoCloseable {
        private final Selector selector;
        private final SelectionKey key;
        private final Deadline deadline;

        Waiting(SelectableChannel channel, Deadline deadline) throws IOException {
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
            this.deadline = deadline;
        }

        /** Comes back now and then: not every system wakes a waiter when a port turns out to be closed. */
        void aWhile() throws IOException {
            key.interestOps(SelectionKey.OP_READ);
            select(Math.min(deadline.socketMillis(), LISTEN_MILLIS));
        }

        void until(int operation) throws IOException {
            key.interestOps(operation);
            do {
                select(deadline.socketMillis());
            } while (selector.selectedKeys().isEmpty());
        }

        private void select(int millis) throws IOException {
            if (deadline.hasPassed()) {
                throw new SocketTimeoutException("no answer from the DNS server in time");
            }
            selector.selectedKeys().clear();
            selector.select(millis);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for a DNS server");
            }
        }

        @Override
        public void close() throws IOException {
            selector.close();
        }
    }
}
