package dev.websentry.engine.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets the first request to an https origin connect while the other requests wait for that connection. Over HTTP/2 all
 * requests share the connection (RFC 9113 section 9.1) instead of each making its own handshake. Over HTTP/1.1, or if
 * the first connection fails or is slow, the other requests connect on their own. Thread-safe.
 */
final class ConnectionCoalescer {
    /**
     * The maximum time to wait for the first connection: longer than three round trips over any ordinary link, but
     * short enough that a host that does not respond does not cost a full timeout twice.
     */
    private static final Duration MAX_WAIT = Duration.ofMillis(1500);

    private final Map<Object, CompletableFuture<Void>> firstByOrigin = new ConcurrentHashMap<>();

    /**
     * The lease of one request. The holder of an origin's first lease reports when it is connected. Every lease must be
     * closed at the end of its request.
     */
    static final class ConnectionLease implements AutoCloseable {
        private final CompletableFuture<Void> connectionEstablished;

        private ConnectionLease(CompletableFuture<Void> connected) {
            this.connectionEstablished = connected;
        }

        /** Reports that the connection is established and releases the waiting requests. */
        void connectionEstablished() {
            connectionEstablished.complete(null);
        }

        @Override
        public void close() {
            connectionEstablished.complete(null);
        }
    }

    /**
     * Returns at once for the first request to an origin; later requests wait until its connection is established.
     *
     * @param origin the key of the origin, equal for requests that may share a connection
     * @param deadline the latest time to wait
     * @return the lease of the request, to be closed when the request ends
     * @throws IOException if the thread is interrupted while it waits
     */
    ConnectionLease acquire(Object origin, Deadline deadline) throws IOException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = firstByOrigin.putIfAbsent(origin, mine);
        if (first != null) {
            try {
                first.get(deadline.within(MAX_WAIT).remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another request connected");
            } catch (ExecutionException | TimeoutException e) {
                // The request connects on its own.
            }
        }
        return new ConnectionLease(mine);
    }
}
