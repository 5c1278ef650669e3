package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Plan;
import dev.websentry.server.settings.AuditProperties;
import dev.websentry.server.settings.DatabaseProperties;
import dev.websentry.server.settings.EncryptionProperties;
import dev.websentry.server.settings.MailProperties;
import dev.websentry.server.settings.MonitorProperties;
import dev.websentry.server.settings.RetentionProperties;
import dev.websentry.server.settings.ScanProperties;
import dev.websentry.server.settings.WebSentryProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class TrustedProxyHeaderFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Peer        | X-Forwarded-For                        | caller
                "198.51.100.7  | 203.0.113.1                            | 198.51.100.7",
                "10.0.0.1      | -                                      | 10.0.0.1",
                "10.0.0.1      | 203.0.113.1                            | 203.0.113.1",
                "10.0.0.1      | 192.0.2.66, 203.0.113.1                | 203.0.113.1",
                "10.0.0.1      | 192.0.2.66, 203.0.113.1, 10.0.0.2      | 203.0.113.1",
                "10.0.0.1      | 10.0.0.3, 10.0.0.2                     | 10.0.0.3",
                "10.0.0.1      | 203.0.113.1, attacker.example          | 10.0.0.1",
                "10.0.0.1      | 203.0.113.1:4711                       | 203.0.113.1",
                "10.0.0.1      | [2001:db8::1]:4711                     | 2001:db8::1",
                "10.0.0.1      | 2001:db8::1                            | 2001:db8::1",
                "fd00::1       | 203.0.113.9                            | 203.0.113.9",
            })
    void callerIsTheRightmostUntrustedAddress(String peer, String forwarded, String caller) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setRemoteAddr(peer);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        MockFilterChain chain = new MockFilterChain();
        new TrustedProxyHeaderFilter(trusting("10.0.0.0/8", "fd00::/8"))
                .doFilter(request, new MockHttpServletResponse(), chain);
        assertEquals(caller, chain.getRequest().getRemoteAddr());
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1,203.0.113.1",
        "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::1,2001:db8:1:2:0:0:0:0/64",
        "::ffff:203.0.113.1,203.0.113.1"
    })
    void limitsCountByIpv4AddressOrIpv6Network(String address, String subject) {
        assertEquals(subject, new ClientAddress(address).rateLimitKey());
    }

    private static WebSentryProperties trusting(String... proxies) {
        return new WebSentryProperties(
                Path.of("data"),
                new DatabaseProperties(null, null, null),
                WebSentryProperties.SignupMode.OPEN,
                Plan.FREE,
                null,
                List.of(proxies).stream().map(AddressRange::parse).toList(),
                new ScanProperties(
                        List.of(),
                        List.of(),
                        "browsers",
                        null,
                        null,
                        List.of(),
                        List.of(),
                        1,
                        1,
                        Duration.ofSeconds(60)),
                new MonitorProperties(Duration.ofSeconds(10)),
                new EncryptionProperties(List.of()),
                new AuditProperties(Duration.ofDays(1)),
                new MailProperties(null),
                new RetentionProperties(
                        Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)));
    }
}
