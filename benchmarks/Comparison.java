import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.engine.target.TrustAnchors;
import dev.websentry.testsite.demo.GoodSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints a table of how long scanners take for one local site: this engine's whole scan, MDN HTTP Observatory, sslscan and
 * testssl.sh, those that are there; the tools in turns, medians, ratios to this engine's. Run it with {@code
 * benchmarks/compare.sh}.
 */
public final class Comparison {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String ROW = "| %-34s | %-58s | %6s | %11s | %7s |%n";

    private final Scanner scanner;
    private final LoopbackSite site;
    private final LoopbackDns dns;
    private String grade = "";

    /** One assessment; answers how long it took. */
    private interface Tool {
        Duration assess() throws Exception;
    }

    private record Contestant(String name, String covers, int rounds, Tool tool, List<Duration> took) {
        Contestant(String name, String covers, int rounds, Tool tool) {
            this(name, covers, rounds, tool, new ArrayList<>());
        }
    }

    private Comparison(Scanner scanner, LoopbackSite site, LoopbackDns dns) {
        this.scanner = scanner;
        this.site = site;
        this.dns = dns;
    }

    public static void main(String[] arguments) throws Exception {
        try (Scanner scanner = new Scanner();
                LoopbackSite site = GoodSite.start();
                LoopbackDns dns = LoopbackDns.start()) {
            Comparison comparison = new Comparison(scanner, site, dns);
            comparison.run(comparison.contestants());
        }
    }

    private List<Contestant> contestants() throws Exception {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant(
                "WebSentry, a warm scanner", "TLS, headers, cookies, redirects, DNS and mail, leakage", ROUNDS, this::scan));
        String observatory = System.getProperty("observatory", "");
        if (observatory.isEmpty()) {
            System.out.println("MDN HTTP Observatory is left out: compare.sh was told of no folder with it");
        } else {
            all.add(new Contestant(
                    "MDN HTTP Observatory, process",
                    "headers, cookies, redirects, CORS, subresource integrity",
                    ROUNDS,
                    () -> observatory(Path.of(observatory))));
        }
        String https = "127.0.0.1:" + site.https().port();
        if (TlsBenchmark.isInstalled("sslscan", "--version")) {
            all.add(new Contestant(
                    "sslscan, process",
                    "TLS versions, suites, groups, certificate, Heartbleed",
                    ROUNDS,
                    () -> TlsBenchmark.command("sslscan", "--no-colour", "--sni-name=" + site.name(), https)));
        }
        String testssl = TlsBenchmark.isInstalled("testssl.sh", "--version") ? "testssl.sh" : "testssl";
        if (TlsBenchmark.isInstalled(testssl, "--version")) {
            // Its other sections take minutes: vulnerabilities by name and simulated clients.
            all.add(new Contestant(
                    "testssl.sh -p -E -S -h, process",
                    "TLS versions, suites per version, certificate, headers",
                    Math.min(ROUNDS, 3),
                    () -> TlsBenchmark.command(
                            testssl, "--quiet", "--color", "0", "-p", "-E", "-S", "-h", "--nodns", "none", https)));
        }
        return all;
    }

    private void run(List<Contestant> contestants) throws Exception {
        System.out.printf("first scan in this JVM: %d ms%n", contestants.get(0).tool().assess().toMillis());
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants) {
                if (round < contestant.rounds()) {
                    contestant.took().add(contestant.tool().assess());
                }
            }
        }
        double own = TlsBenchmark.median(contestants.get(0).took());
        System.out.println("site: " + site.url() + " on loopback, graded " + grade);
        System.out.printf(ROW, "tool", "covers", "rounds", "median", "ratio");
        System.out.printf(ROW, "---", "---", "---:", "---:", "---:");
        for (Contestant contestant : contestants) {
            double millis = TlsBenchmark.median(contestant.took());
            System.out.printf(
                    ROW,
                    contestant.name(),
                    contestant.covers(),
                    contestant.took().size(),
                    String.format("%,.0f ms", millis),
                    String.format("%,.1f", millis / own));
        }
    }

    private Duration scan() throws ScanException, GeneralSecurityException {
        ScanOptions options = ScanOptions.builder()
                .caCertificates(CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(site.rootPem().getBytes(StandardCharsets.US_ASCII)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList())
                .dnsServers(List.of(HostAndPort.parse(dns.server(), 53)))
                .trustAnchors(TrustAnchors.parse(List.of(dns.trustAnchor())))
                .resolve(site.resolve().stream().map(ResolveOverride::parse).toList())
                .build();
        long began = System.nanoTime();
        Report report = scanner.scan(Target.parse(site.url()), options, new Progress() {});
        grade = report.grade().label() + " by WebSentry (complete: " + report.complete() + ")";
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Its own program, in a process that can reach nothing but the site. */
    private Duration observatory(Path folder) throws Exception {
        Path root = Files.writeString(Files.createTempFile("root", ".pem"), site.rootPem());
        Path answer = Files.createTempFile("observatory", ".json");
        ProcessBuilder node = new ProcessBuilder(
                "node",
                "--require",
                Path.of("benchmarks", "loopback.cjs").toAbsolutePath().toString(),
                folder.resolve("node_modules/@mdn/mdn-http-observatory/src/scan.js").toString(),
                site.name());
        node.environment().putAll(Map.of(
                "NODE_EXTRA_CA_CERTS", root.toString(),
                "LOOPBACK_HTTPS", String.valueOf(site.https().port()),
                "LOOPBACK_HTTP", String.valueOf(site.http().port())));
        long began = System.nanoTime();
        int code = node.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start()
                .waitFor();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        String text = Files.readString(answer);
        Files.delete(root);
        Files.delete(answer);
        if (code != 0 || !text.contains("\"grade\"")) {
            throw new IllegalStateException("MDN HTTP Observatory did not scan the site: " + text);
        }
        return took;
    }
}
