package dev.websentry.server.security;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.LogThrottle;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The request bodies that have not arrived completely. Limits their number per client address and in total, and logs
 * the bodies that were given up.
 */
@Component
final class PendingBodies {
    static final int MAX_PER_ADDRESS = 50;
    static final int MAX_TOTAL = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(PendingBodies.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Map<String, Integer> byAddress = new HashMap<>();
    private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));
    private int total;

    /** Starts to receive the body of a request; returns at once. */
    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientAddress address = new ClientAddress(request.getRemoteAddr());
        AsyncContext context = request.startAsync(request, response);
        ApiException refusal = admit(address.rateLimitKey());
        if (refusal != null) {
            logGivenUp("one of too many", address);
            request.setAttribute(RequestBodyFilter.BODY, refusal);
            context.dispatch();
            return;
        }
        BodyReceiver.start(context, request, outcome -> {
            release(address.rateLimitKey());
            if (!outcome.isEmpty()) {
                logGivenUp(outcome, address);
            }
        });
    }

    private synchronized @Nullable ApiException admit(String address) {
        if (total >= MAX_TOTAL) {
            return ApiException.busy("The server is receiving too many request bodies. Try again later.", RETRY_AFTER);
        }
        if (byAddress.getOrDefault(address, 0) >= MAX_PER_ADDRESS) {
            return ApiException.rateLimited(
                    "Too many request bodies from your IP address are incomplete. Try again later.", RETRY_AFTER);
        }
        total++;
        byAddress.merge(address, 1, Integer::sum);
        return null;
    }

    private synchronized void release(String address) {
        total--;
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Returns the number of bodies that have not arrived completely. */
    synchronized int count() {
        return total;
    }

    private void logGivenUp(String reason, ClientAddress address) {
        throttle.count()
                .ifPresent(count -> LOG.warn(
                        "Gave up {} request bodies since the last such line; the last one, from {}, was {}",
                        count,
                        ForeignText.escape(address.text()),
                        reason));
    }
}
