import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.config.DnssecTrustAnchors;
import dev.websentry.testsite.demo.WellConfiguredSite;
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
 * Compares the time that scanners need for one local site: a complete WebSentry scan, MDN HTTP Observatory, sslscan and
 * testssl.sh, as far as they are installed. The tools run alternately. Prints a table with medians and ratios to
 * WebSentry.
 *
 * <p>Run it with {@code benchmarks/compare.sh}.
 */
public final class Comparison {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String ROW = "| %-34s | %-58s | %6s | %11s | %7s |%n";

    private final Scanner scanner;
    private final LoopbackSite site;
    private final LoopbackDns dns;
    private String grade = "";

    /** Assesses the site once and returns the elapsed time. */
    private interface Tool {
        Duration assess() throws Exception;
    }

    private record ComparedTool(String name, String covers, int rounds, Tool tool, List<Duration> took) {
        ComparedTool(String name, String covers, int rounds, Tool tool) {
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
                LoopbackSite site = WellConfiguredSite.start();
                LoopbackDns dns = LoopbackDns.start()) {
            Comparison comparison = new Comparison(scanner, site, dns);
            comparison.run(comparison.tools());
        }
    }

    private List<ComparedTool> tools() throws Exception {
        List<ComparedTool> all = new ArrayList<>();
        all.add(new ComparedTool(
                "WebSentry, a warm scanner", "TLS, headers, cookies, redirects, DNS and mail, leakage", ROUNDS, this::scan));
        String observatory = System.getProperty("observatory", "");
        if (observatory.isEmpty()) {
            System.out.println("MDN HTTP Observatory is skipped: pass its folder to compare.sh");
        } else {
            all.add(new ComparedTool(
                    "MDN HTTP Observatory, process",
                    "headers, cookies, redirects, CORS, subresource integrity",
                    ROUNDS,
                    () -> observatory(Path.of(observatory))));
        }
        String https = "127.0.0.1:" + site.https().port();
        if (TlsBenchmark.isInstalled("sslscan", "--version")) {
            all.add(new ComparedTool(
                    "sslscan, process",
                    "TLS versions, suites, groups, certificate, Heartbleed",
                    ROUNDS,
                    () -> TlsBenchmark.command("sslscan", "--no-colour", "--sni-name=" + site.name(), https)));
        }
        String testssl = TlsBenchmark.isInstalled("testssl.sh", "--version") ? "testssl.sh" : "testssl";
        if (TlsBenchmark.isInstalled(testssl, "--version")) {
            // Its other sections, vulnerabilities and client simulation, take minutes.
            all.add(new ComparedTool(
                    "testssl.sh -p -E -S -h, process",
                    "TLS versions, suites per version, certificate, headers",
                    Math.min(ROUNDS, 3),
                    () -> TlsBenchmark.command(
                            testssl, "--quiet", "--color", "0", "-p", "-E", "-S", "-h", "--nodns", "none", https)));
        }
        return all;
    }

    private void run(List<ComparedTool> tools) throws Exception {
        System.out.printf("first scan in this JVM: %d ms%n", tools.get(0).tool().assess().toMillis());
        for (int round = 0; round < ROUNDS; round++) {
            for (ComparedTool compared : tools) {
                if (round < compared.rounds()) {
                    compared.took().add(compared.tool().assess());
                }
            }
        }
        double webSentryMillis = TlsBenchmark.median(tools.get(0).took());
        System.out.println("site: " + site.url() + " on loopback, graded " + grade);
        System.out.printf(ROW, "tool", "covers", "rounds", "median", "ratio");
        System.out.printf(ROW, "---", "---", "---:", "---:", "---:");
        for (ComparedTool compared : tools) {
            double millis = TlsBenchmark.median(compared.took());
            System.out.printf(
                    ROW,
                    compared.name(),
                    compared.covers(),
                    compared.took().size(),
                    String.format("%,.0f ms", millis),
                    String.format("%,.1f", millis / webSentryMillis));
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
                .trustAnchors(DnssecTrustAnchors.parse(List.of(dns.trustAnchor())))
                .resolve(site.resolve().stream().map(ResolveOverride::parse).toList())
                .build();
        long startNanos = System.nanoTime();
        Report report = scanner.scan(Target.parse(site.url()), options, new ScanProgressListener() {});
        grade = report.grade().label() + " by WebSentry (complete: " + report.complete() + ")";
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Runs MDN HTTP Observatory in a process that can connect only to the site. */
    private Duration observatory(Path folder) throws Exception {
        Path root = Files.writeString(Files.createTempFile("root", ".pem"), site.rootPem());
        Path output = Files.createTempFile("observatory", ".json");
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
        long startNanos = System.nanoTime();
        int code = node.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        String text = Files.readString(output);
        Files.delete(root);
        Files.delete(output);
        if (code != 0 || !text.contains("\"grade\"")) {
            throw new IllegalStateException("MDN HTTP Observatory did not scan the site: " + text);
        }
        return took;
    }
}
