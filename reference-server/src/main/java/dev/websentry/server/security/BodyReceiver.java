package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Receives one request body without blocking a thread. The body has {@link #GRACE} and one more second for each
 * {@link #MIN_BYTES_PER_SECOND} bytes that have arrived, at most {@link #TIMEOUT}.
 */
final class BodyReceiver implements ReadListener, AsyncListener {
    /** Time for a slow connection to send the first bytes. */
    static final Duration GRACE = Duration.ofSeconds(5);

    static final int MIN_BYTES_PER_SECOND = 1024;

    /** The maximum duration of a body. It also ends connections that send nothing. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * A body that is too large is received up to this size, so that the client reads the response. Closing a connection
     * with unread data would reset it.
     */
    private static final int MAX_DISCARDED = 2 * RequestBodyFilter.MAX_BYTES;

    private final AsyncContext context;
    private final HttpServletRequest request;
    private final ServletInputStream in;
    private final Consumer<String> ended;
    private final AtomicBoolean done = new AtomicBoolean();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[4096];
    private final LongSupplier nanoTime;
    private final long started;
    private long received;

    private BodyReceiver(
            AsyncContext context,
            HttpServletRequest request,
            ServletInputStream in,
            Consumer<String> ended,
            LongSupplier nanoTime) {
        this.context = context;
        this.request = request;
        this.in = in;
        this.ended = ended;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /**
     * Starts to receive the body.
     *
     * @param ended receives the reason why the body was given up, or an empty text if it is complete; called once
     */
    static void start(AsyncContext context, HttpServletRequest request, Consumer<String> ended) throws IOException {
        start(context, request, ended, System::nanoTime);
    }

    /** @param nanoTime the clock, such as {@link System#nanoTime()} */
    static void start(AsyncContext context, HttpServletRequest request, Consumer<String> ended, LongSupplier nanoTime)
            throws IOException {
        BodyReceiver receiver = new BodyReceiver(context, request, request.getInputStream(), ended, nanoTime);
        context.setTimeout(TIMEOUT.toMillis());
        context.addListener(receiver);
        receiver.in.setReadListener(receiver);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!done.get() && in.isReady()) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            received += count;
            if (received <= RequestBodyFilter.MAX_BYTES) {
                body.write(buffer, 0, count);
            } else if (received > MAX_DISCARDED) {
                dispatch(RequestBodyFilter.tooLarge(), "");
            }
        }
        // A complete body is accepted, even if this server was slow to read it.
        if (!in.isFinished() && isTooSlow(received, nanoTime.getAsLong() - started)) {
            dispatch(tooSlow(), "too slow");
        }
    }

    static boolean isTooSlow(long received, long nanos) {
        return nanos > GRACE.plusMillis(1000L * received / MIN_BYTES_PER_SECOND).toNanos();
    }

    @Override
    public void onAllDataRead() {
        dispatch(received > RequestBodyFilter.MAX_BYTES ? RequestBodyFilter.tooLarge() : body.toByteArray(), "");
    }

    /**
     * Ends the request: the client has disconnected or is silent, or its chunked encoding is malformed. The container
     * then dispatches the request to the error page.
     */
    @Override
    public void onError(Throwable failure) {
        end("cut off");
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        dispatch(tooSlow(), "too slow");
    }

    /** Continues with the request, which then has a body or a rejection. */
    private void dispatch(Object outcome, String reason) {
        if (end(reason)) {
            request.setAttribute(RequestBodyFilter.BODY, outcome);
            context.dispatch();
        }
    }

    private boolean end(String reason) {
        boolean first = done.compareAndSet(false, true);
        if (first) {
            ended.accept(reason);
        }
        return first;
    }

    private static ApiException tooSlow() {
        return ApiException.of(
                ErrorCode.REQUEST_TIMEOUT,
                "The request body arrived too slowly; send at least " + MIN_BYTES_PER_SECOND + " bytes per second");
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end("cut off");
    }

    @Override
    public void onError(AsyncEvent event) {
        end("cut off");
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request is not made asynchronous again.
    }
}
