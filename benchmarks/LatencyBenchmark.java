import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.testsite.demo.WellConfiguredSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.latency.LatencyProxy;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Measures the time of a complete scan of a well-configured site at different network latencies, and the number of
 * sequential round trips. Site, DNS server, latency proxy and scanner run in one process.
 *
 * <p>Run it with {@code benchmarks/latency.sh}.
 */
public final class LatencyBenchmark {
    private static final int WARM_UP = 40;
    private static final int SCANS = 15;
    private static final int COUNTS = 10;
    /** Time limit of a scan: ten round trips plus 300 ms; 200 ms on loopback. */
    private static final int MAX_ROUND_TRIPS = 10;

    private static final int MAX_MILLIS = 300;
    private static final int MAX_LOOPBACK_MILLIS = 200;

    private final LoopbackSite site;
    private final LoopbackDns dns;
    private final Scanner scanner;

    private LatencyBenchmark(LoopbackSite site, LoopbackDns dns, Scanner scanner) {
        this.site = site;
        this.dns = dns;
        this.scanner = scanner;
    }

    public static void main(String[] arguments) throws Exception {
        try (LoopbackSite site = WellConfiguredSite.start();
                LoopbackDns dns = LoopbackDns.start();
                Scanner scanner = new Scanner()) {
            new LatencyBenchmark(site, dns, scanner).run();
        }
    }

    private void run() throws ScanException {
        ScanOptions direct = options(site.https().port(), site.http().port(), dns.dns().port());
        System.out.printf("first scan in this JVM, on loopback: %d ms%n", millis(direct));
        for (int i = 0; i < WARM_UP; i++) {
            millis(direct);
        }
        System.out.printf("sequential round trips of a scan: %d%n", rounds());
        System.out.println("(without resolving the host name, which takes one more)");
        System.out.println("round trip     min   median     limit   median/limit");
        print(0, direct, MAX_LOOPBACK_MILLIS);
        for (int roundTrip : List.of(20, 100)) {
            try (LatencyProxy link = LatencyProxy.withRoundTrip(Duration.ofMillis(roundTrip))) {
                print(roundTrip, over(link), MAX_ROUND_TRIPS * roundTrip + MAX_MILLIS);
            }
        }
    }

    private void print(int roundTrip, ScanOptions options, int limit) throws ScanException {
        long[] took = new long[SCANS];
        for (int i = 0; i < SCANS; i++) {
            took[i] = millis(options);
        }
        long[] sorted = LongStream.of(took).sorted().toArray();
        long median = sorted[SCANS / 2];
        System.out.printf(
                "%7d ms %4d ms %5d ms %6d ms %16.2f%n", roundTrip, sorted[0], median, limit, (double) median / limit);
    }

    private long millis(ScanOptions options) throws ScanException {
        long startNanos = System.nanoTime();
        Report report = scanner.scan(Target.parse(site.url()), options, ScanProgressListener.NONE);
        if (!report.complete()) {
            throw new IllegalStateException("the scan is incomplete, so its time is meaningless");
        }
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    }

    /** Returns the minimum of several measurements, since a busy machine can only increase the count. */
    private long rounds() throws ScanException {
        try (LatencyProxy link = LatencyProxy.countingRoundTrips()) {
            ScanOptions options = over(link);
            long minimum = Long.MAX_VALUE;
            for (int i = 0; i < COUNTS; i++) {
                long before = link.roundTrips();
                millis(options);
                minimum = Math.min(minimum, link.roundTrips() - before);
            }
            return minimum;
        }
    }

    private ScanOptions over(LatencyProxy link) {
        return options(
                link.forwardTcp("https", site.https().port()),
                link.forwardTcp("http", site.http().port()),
                link.forwardUdpAndTcp("dns", dns.dns().port()));
    }

    private ScanOptions options(int https, int http, int resolver) {
        return ScanOptions.builder()
                .dnsServers(List.of(new HostAndPort("127.0.0.1", resolver)))
                .resolve(site.resolve(https, http).stream()
                        .map(ResolveOverride::parse)
                        .toList())
                .caCertificates(List.of(site.certificate().rootCertificate()))
                .trustAnchors(List.of(dns.trustAnchor()))
                .build();
    }
}
