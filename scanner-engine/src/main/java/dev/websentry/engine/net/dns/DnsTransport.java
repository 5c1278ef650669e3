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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Sends a query to a DNS server and receives the response. Calls block until a deadline and can be interrupted. Each
 * query has its own socket, and therefore its own source port, which is closed after the query.
 */
final class DnsTransport {
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int POLL_MILLIS = 250;
    /** Buffers for datagrams, to be used again: a buffer is larger than everything else that a query allocates. */
    private static final Queue<ByteBuffer> BUFFERS = new ArrayBlockingQueue<>(16);

    private DnsTransport() {}

    /** Reads a datagram. */
    interface DatagramReader<T> {
        /**
         * Reads a datagram.
         *
         * @return what the datagram contains; empty if it does not answer the query
         * @throws IOException if it answers the query but is malformed
         */
        Optional<T> read(byte[] datagram) throws IOException;
    }

    /**
     * Sends a query over UDP.
     *
     * @param reader reads the datagram that answers the query; other datagrams are ignored (RFC 5452 section 9.1)
     * @return the response, as the reader returned it
     * @throws SocketTimeoutException if there is no response before the deadline
     * @throws IOException if the server cannot be reached or the thread is interrupted
     */
    static <T> T udp(InetSocketAddress server, byte[] query, DatagramReader<T> reader, Deadline deadline)
            throws IOException {
        ByteBuffer free = BUFFERS.poll();
        ByteBuffer buffer = free == null ? ByteBuffer.allocate(MAX_DATAGRAM_BYTES) : free;
        try (DatagramChannel channel = DatagramChannel.open()) {
            // A connected socket accepts datagrams only from that server, and is notified if its port is closed.
            channel.connect(server);
            channel.configureBlocking(false);
            try (ChannelWait waiting = new ChannelWait(channel, deadline)) {
                channel.write(ByteBuffer.wrap(query));
                while (true) {
                    waiting.poll();
                    buffer.clear();
                    if (channel.read(buffer) > 0) {
                        Optional<T> answer = reader.read(Arrays.copyOf(buffer.array(), buffer.position()));
                        if (answer.isPresent()) {
                            return answer.get();
                        }
                    }
                }
            }
        } finally {
            // Without room the buffer is garbage.
            boolean unused = BUFFERS.offer(buffer);
        }
    }

    /**
     * Sends a query over TCP. Each message is preceded by its length in two octets (RFC 7766).
     *
     * @return the response
     * @throws SocketTimeoutException if there is no complete response before the deadline
     * @throws IOException if the connection fails or the thread is interrupted
     */
    static byte[] tcp(InetSocketAddress server, byte[] query, Deadline deadline) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            try (ChannelWait waiting = new ChannelWait(channel, deadline)) {
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

    private static ByteBuffer read(SocketChannel channel, ChannelWait waiting, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            waiting.until(SelectionKey.OP_READ);
            if (channel.read(buffer) < 0) {
                throw new EOFException("the DNS server closed the connection before the response was complete");
            }
        }
        return buffer;
    }

    /** Waits for events of one channel, at most until a deadline. */
    private static final class ChannelWait implements AutoCloseable {
        private final Selector selector;
        private final SelectionKey key;
        private final Deadline deadline;

        ChannelWait(SelectableChannel channel, Deadline deadline) throws IOException {
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
            this.deadline = deadline;
        }

        /**
         * Waits for data for a short time only: not every system wakes the selector when the port turns out to be
         * closed.
         */
        void poll() throws IOException {
            key.interestOps(SelectionKey.OP_READ);
            select(Math.min(deadline.socketMillis(), POLL_MILLIS));
        }

        void until(int operation) throws IOException {
            key.interestOps(operation);
            do {
                select(deadline.socketMillis());
            } while (selector.selectedKeys().isEmpty());
        }

        private void select(int millis) throws IOException {
            if (deadline.hasPassed()) {
                throw new SocketTimeoutException("the DNS server did not respond in time");
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
