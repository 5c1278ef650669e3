package dev.websentry.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.testsite.ClosedPort;
import dev.websentry.testsite.TestSite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host with an allowed and a forbidden address: localhost, of which only the IPv4 address is allowed. */
class AllowedAddressScanTest {
    private static ScanOptions options(String allowed) {
        return ScanOptions.builder()
                .addressPolicy(AddressPolicy.publicAddressesAnd(List.of(AddressRange.parse(allowed))))
                .timeout(Duration.ofSeconds(120))
                .build();
    }

    private static ScanObservations scan(String url, String allowed) throws ScanException {
        try (Scanner scanner = new Scanner()) {
            return scanner.observe(Target.parse(url), options(allowed), ScanProgressListener.NONE);
        }
    }

    @Test
    void allowedAddressIsScanned() throws ScanException {
        try (TestSite site = TestSite.http(request -> TestSite.page("hello"), "127.0.0.1")) {
            ScanObservations seen = scan("http://localhost:" + site.port(), "127.0.0.0/8");
            assertTrue(seen.site().entry().isSeen(), seen.site().entry().toString());
        }
    }

    @Test
    void failureOfTheAllowedAddressIsReported() {
        try (ClosedPort closed = ClosedPort.reserve()) {
            int port = closed.port();
            ScanException failure =
                    assertThrows(ScanException.class, () -> scan("https://localhost:" + port, "127.0.0.0/8"));
            assertEquals(ScanFailureReason.UNREACHABLE, failure.reason(), failure.getMessage());
            assertFalse(String.valueOf(failure.getMessage()).contains("public"), failure.getMessage());
            assertTrue(String.valueOf(failure.getMessage()).contains("127.0.0.1 port " + port), failure.getMessage());
        }
    }

    @Test
    void hostWithoutAnAllowedAddressIsBlocked() {
        ScanException failure = assertThrows(ScanException.class, () -> scan("https://localhost:1", "10.0.0.0/8"));
        assertEquals(ScanFailureReason.BLOCKED_ADDRESS, failure.reason(), failure.getMessage());
    }
}
