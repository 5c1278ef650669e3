package dev.websentry.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import dev.websentry.testsite.latency.LatencyProxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Tests the number of sequential network round trips of a full scan. The round trips are counted, not timed: the link
 * delivers nothing until the whole process waits. A count is never too low, so that one scan within the limit is
 * sufficient. A count can be too high if the operating system delivers data late, so that the scan is repeated.
 */
@Timeout(900)
@EnabledOnOs(OS.LINUX)
@Isolated("the process must be idle between round trips")
class ScannerRoundTripsTest {
    private static final int MAX_COUNTS = 10;
    /** On a busy machine, a scan can time out and yield no count. */
    private static final int MAX_ATTEMPTS = 40;

    private static LoopbackSite site;
    private static LoopbackDns dns;

    /** Configures a scan over a link. */
    private interface ScanSetup {
        Target configure(LatencyProxy link, ScanOptions.Builder options);
    }

    private record RoundTripCount(boolean complete, long rounds, List<LatencyProxy.TrafficEvent> trace) {}

    @BeforeAll
    static void start() {
        site = WellConfiguredSite.start();
        dns = LoopbackDns.start();
    }

    @AfterAll
    static void stop() {
        site.close();
        dns.close();
    }

    @Test
    void aFullScanTakesSixRoundTrips() {
        assertEquals(6, least(6, (link, options) -> target(site, link, options)));
    }

    /**
     * There is no override for the HTTPS port of the link, to which port 80 redirects, so that the name is resolved.
     */
    @Test
    void resolvingTheNameTakesOneMoreRoundTrip() {
        AtomicInteger port = new AtomicInteger();
        try (TestSite plain = TestSite.http(request -> TestSite.redirect(
                301, "https://" + site.name() + ":" + port + request.getUrl().encodedPath()))) {
            assertEquals(7, least(7, (link, options) -> {
                port.set(link.forwardTcp("https", site.https().port()));
                options.httpPort(80)
                        .resolve(overrides(
                                List.of(site.name() + ":80:127.0.0.1:" + link.forwardTcp("http", plain.port()))));
                return Target.parse("https://" + site.name() + ":" + port);
            }));
        }
    }

    /** The assignment of requests to connections is not deterministic, which causes one or two more round trips. */
    @Test
    void withoutHttp2TheScanTakesTenRoundTrips() {
        try (TestSite https = TestSite.https(
                site.certificate().serverContext(),
                request -> request.getUrl().encodedPath().equals("/") ? TestSite.page("hello") : TestSite.notFound(),
                List.of(Protocol.HTTP_1_1),
                "127.0.0.1")) {
            LoopbackSite http1Site =
                    new LoopbackSite(site.name(), site.aliases(), site.certificate(), https, site.http());
            least(10, (link, options) -> target(http1Site, link, options));
        }
    }

    private static Target target(LoopbackSite loopbackSite, LatencyProxy link, ScanOptions.Builder options) {
        options.resolve(overrides(loopbackSite.resolve(
                link.forwardTcp("https", loopbackSite.https().port()),
                link.forwardTcp("http", loopbackSite.http().port()))));
        return Target.parse(loopbackSite.url());
    }

    private static List<ResolveOverride> overrides(List<String> texts) {
        return texts.stream().map(ResolveOverride::parse).toList();
    }

    /**
     * Scans until a count is within the limit, and returns the lowest count. Fails with the trace of the lowest count
     * if all are too high.
     */
    private static long least(long limit, ScanSetup setting) {
        Optional<RoundTripCount> least = Optional.empty();
        int counts = 0;
        for (int i = 0; i < MAX_ATTEMPTS && counts < MAX_COUNTS; i++) {
            RoundTripCount again = count(setting);
            counts += again.complete() ? 1 : 0;
            if (again.complete()
                    && least.map(count -> again.rounds() < count.rounds()).orElse(true)) {
                least = Optional.of(again);
            }
            if (least.isPresent() && least.get().rounds() <= limit) {
                return least.get().rounds();
            }
        }
        return fail("round trips of the fastest scan:\n"
                + least.map(ScannerRoundTripsTest::describe).orElse("no scan was complete"));
    }

    private static RoundTripCount count(ScanSetup setting) {
        try (LatencyProxy link = LatencyProxy.countingRoundTrips();
                Scanner scanner = new Scanner()) {
            // Prevents the scan from timing out while the link waits.
            ScanOptions.Builder options = ScanOptions.builder()
                    .timeout(Duration.ofMinutes(4))
                    .connectTimeout(Duration.ofMinutes(1))
                    .dnsServers(List.of(new HostAndPort(
                            "127.0.0.1", link.forwardUdpAndTcp("dns", dns.dns().port()))))
                    .caCertificates(List.of(site.certificate().rootCertificate()))
                    .trustAnchors(List.of(dns.trustAnchor()));
            Target target = setting.configure(link, options);
            return new RoundTripCount(isComplete(scanner, target, options.build()), link.roundTrips(), link.trace());
        }
    }

    private static boolean isComplete(Scanner scanner, Target target, ScanOptions options) {
        try {
            return scanner.scan(target, options, ScanProgressListener.NONE).complete();
        } catch (ScanException e) {
            return false;
        }
    }

    /** Returns the events of each round trip. */
    private static String describe(RoundTripCount count) {
        return count.trace().stream()
                .collect(Collectors.groupingBy(
                        LatencyProxy.TrafficEvent::round,
                        TreeMap::new,
                        Collectors.mapping(
                                event -> event.flow() + " " + event.what(), Collectors.toCollection(TreeSet::new))))
                .entrySet()
                .stream()
                .map(round -> round.getKey() + ": " + String.join(", ", round.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
