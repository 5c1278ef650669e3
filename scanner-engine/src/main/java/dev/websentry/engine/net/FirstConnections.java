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
 * Lets the first request to an https origin connect while the others wait for that connection. Over HTTP/2 they share it
 * (RFC 9113 section 9.1) instead of each making a handshake of its own; over HTTP/1.1, or when it fails or takes long, they
 * go on as they would have. Thread-safe.
 */
final class FirstConnections {
    /** Longer than three round trips over any ordinary link; a host that is silent must not cost its silence twice. */
    private static final Duration LONGEST = Duration.ofMillis(1500);

    private final Map<Object, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();

    /** A request on its way. Of an origin's first, told when it is connected, and closed at its end in any case. */
    static final class Turn implements AutoCloseable {
        private final CompletableFuture<Void> connected;

        private Turn(CompletableFuture<Void> connected) {
            this.connected = connected;
        }

        void connected() {
            connected.complete(null);
        }

        @Override
        public void close() {
            connected.complete(null);
        }
    }

    /**
     * Waits for the first connection to an origin, or is it.
     *
     * @param origin equal for requests that may share a connection
     */
    Turn await(Object origin, Deadline deadline) throws IOException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = begun.putIfAbsent(origin, mine);
        if (first != null) {
            try {
                first.get(deadline.within(LONGEST).remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another request connected");
            } catch (ExecutionException | TimeoutException e) {
                // It goes on by itself.
            }
        }
        return new Turn(mine);
    }
}
