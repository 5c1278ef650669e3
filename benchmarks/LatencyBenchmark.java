import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.testsite.demo.GoodSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.link.DistantLink;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Prints how long a full scan of a well-behaved site takes over links of different round-trip times, and how many round
 * trips it waits for. Site, DNS and link run beside the scanner in one process. Run it with {@code benchmarks/latency.sh}.
 */
public final class LatencyBenchmark {
    private static final int WARM_UP = 40;
    private static final int SCANS = 15;
    private static final int COUNTS = 10;
    /** What a scan may take: ten round trips and 300 ms; on loopback 200 ms. */
    private static final int MOST_ROUNDS = 10;

    private static final int MOST_MILLIS = 300;
    private static final int MOST_ON_LOOPBACK = 200;

    private final LoopbackSite site;
    private final LoopbackDns dns;
    private final Scanner scanner;

    private LatencyBenchmark(LoopbackSite site, LoopbackDns dns, Scanner scanner) {
        this.site = site;
        this.dns = dns;
        this.scanner = scanner;
    }

    public static void main(String[] arguments) throws Exception {
        try (LoopbackSite site = GoodSite.start();
                LoopbackDns dns = LoopbackDns.start();
                Scanner scanner = new Scanner()) {
            new LatencyBenchmark(site, dns, scanner).run();
        }
    }

    private void run() throws ScanException {
        ScanOptions direct = options(site.https().port(), site.http().port(), dns.dns().port());
        System.out.printf("first scan of this JVM, on loopback: %d ms%n", millis(direct));
        for (int i = 0; i < WARM_UP; i++) {
            millis(direct);
        }
        System.out.printf("round trips that a scan waits for, one after the other: %d%n", rounds());
        System.out.println("(the names are given to the scan; resolving them is one more)");
        System.out.println("round trip   least   median   allowed   median/allowed");
        print(0, direct, MOST_ON_LOOPBACK);
        for (int roundTrip : List.of(20, 100)) {
            try (DistantLink link = DistantLink.of(Duration.ofMillis(roundTrip))) {
                print(roundTrip, over(link), MOST_ROUNDS * roundTrip + MOST_MILLIS);
            }
        }
    }

    private void print(int roundTrip, ScanOptions options, int allowed) throws ScanException {
        long[] took = new long[SCANS];
        for (int i = 0; i < SCANS; i++) {
            took[i] = millis(options);
        }
        long[] sorted = LongStream.of(took).sorted().toArray();
        long median = sorted[SCANS / 2];
        System.out.printf(
                "%7d ms %4d ms %5d ms %6d ms %16.2f%n", roundTrip, sorted[0], median, allowed, (double) median / allowed);
    }

    private long millis(ScanOptions options) throws ScanException {
        long began = System.nanoTime();
        Report report = scanner.scan(Target.parse(site.url()), options, Progress.NONE);
        if (!report.complete()) {
            throw new IllegalStateException("the scan was incomplete: its time says nothing");
        }
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    /** The least of some counts: a busy machine makes it too many, nothing makes it too few. */
    private long rounds() throws ScanException {
        try (DistantLink link = DistantLink.counting()) {
            ScanOptions options = over(link);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < COUNTS; i++) {
                long before = link.rounds();
                millis(options);
                least = Math.min(least, link.rounds() - before);
            }
            return least;
        }
    }

    private ScanOptions over(DistantLink link) {
        return options(
                link.tcp("https", site.https().port()),
                link.tcp("http", site.http().port()),
                link.dns("dns", dns.dns().port()));
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
