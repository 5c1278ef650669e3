package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.websentry.server.error.ApiException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyReceiverTest {
    private static final byte[] BODY = {'{', '}'};

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> ends = new ArrayList<>();

    /** A request of which the container has received some bytes. */
    private static final class ReceivedRequest extends MockHttpServletRequest {
        private final int available;
        private ReadListener listener;

        ReceivedRequest(int available) {
            this.available = available;
            setAsyncSupported(true);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                private int read;

                @Override
                public int read() {
                    return BODY[read++];
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    buffer[offset] = (byte) read();
                    return 1;
                }

                @Override
                public boolean isFinished() {
                    return read == BODY.length;
                }

                @Override
                public boolean isReady() {
                    return read < available;
                }

                @Override
                public void setReadListener(ReadListener reader) {
                    listener = reader;
                }
            };
        }
    }

    private ReceivedRequest received(int available) throws Exception {
        ReceivedRequest request = new ReceivedRequest(available);
        BodyReceiver.start(request.startAsync(), request, ends::add, nanos::get);
        // The body arrived at once, and no thread of the server was free.
        nanos.addAndGet(BodyReceiver.GRACE.plusSeconds(1).toNanos());
        request.listener.onDataAvailable();
        return request;
    }

    @Test
    void completeBodyIsAcceptedIfTheServerWasSlow() throws Exception {
        ReceivedRequest request = received(BODY.length);
        request.listener.onAllDataRead();
        assertArrayEquals(BODY, (byte[]) request.getAttribute(RequestBodyFilter.BODY));
        assertEquals(List.of(""), ends);
    }

    @Test
    void incompleteBodyIsRejectedAfterTheGrace() throws Exception {
        ReceivedRequest request = received(1);
        assertInstanceOf(ApiException.class, request.getAttribute(RequestBodyFilter.BODY));
        assertEquals(List.of("too slow"), ends);
    }
}
