package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanHostResolverTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void invalidIpLiteralHasNoAddressAndIsNotLookedUp() {
        try (TaskScope tasks = new TaskScope(pool)) {
            DialException failure = assertThrows(
                    DialException.class,
                    () -> resolver(tasks).resolve("999.1.1.1", 443, Deadline.in(Duration.ofSeconds(40))));
            assertEquals(RequestFailureKind.UNRESOLVABLE, failure.kind());
        }
    }

    @Test
    void shortIpLiteralIsNotLookedUp() throws Exception {
        try (TaskScope tasks = new TaskScope(pool)) {
            List<InetAddress> addresses = resolver(tasks).resolve("127.1", 443, Deadline.in(Duration.ofSeconds(40)));
            assertEquals(List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), addresses);
        }
    }

    private static ScanHostResolver resolver(TaskScope tasks) {
        NameResolver unused = (host, deadline) -> {
            throw new AssertionError("a lookup of " + host);
        };
        return new ScanHostResolver(unused, List.of(), tasks);
    }
}
