package dev.websentry.server.testing;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Pauses one request after its caller was authenticated and before its body is parsed. */
@ControllerAdvice
public final class BodyReadPause extends RequestBodyAdviceAdapter {
    private static final long TIMEOUT_SECONDS = 60;
    private static final AtomicReference<Optional<BodyReadPause.Hold>> NEXT = new AtomicReference<>(Optional.empty());

    /** The pause of one request. */
    public static final class Hold {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until the request is paused. */
        public void awaitRequest() {
            await(arrived);
        }

        /** Lets the request continue. */
        public void release() {
            released.countDown();
        }
    }

    /** Pauses the next request with a body. */
    public static Hold holdNext() {
        Hold hold = new Hold();
        NEXT.set(Optional.of(hold));
        return hold;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType) {
        NEXT.getAndSet(Optional.empty()).ifPresent(hold -> {
            hold.arrived.countDown();
            await(hold.released);
        });
        return message;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no request was paused or released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
