import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Compares the wall time of the TLS assessment of a local server with sslscan and testssl.sh, as far as they are
 * installed. The tools run alternately. Prints medians and ratios to WebSentry.
 *
 * <p>Run it with {@code benchmarks/tls.sh}.
 */
public final class TlsBenchmark {
    private static final int ROUNDS = 7;

    private TlsBenchmark() {}

    /** Assesses the server on a port of 127.0.0.1 and returns the elapsed time. */
    private interface Tool {
        Duration assess(int port) throws Exception;
    }

    private record ComparedTool(String name, Tool tool, List<Duration> took) {}

    public static void main(String[] arguments) throws Exception {
        TestCertificate root = TestCertificate.root("Benchmark root");
        TestCertificate certificate = root.issue("www.example.com").rsa(2048).build();
        try (Scanner scanner = new Scanner()) {
            List<ComparedTool> tools = tools(scanner, root);
            try (TestSite modern =
                    TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"))) {
                run("JSSE, TLS 1.2 and 1.3 with its default suites", modern.port(), tools);
            }
        }
    }

    private static List<ComparedTool> tools(Scanner scanner, TestCertificate root) {
        List<ComparedTool> all = new ArrayList<>();
        all.add(new ComparedTool("WebSentry", port -> engine(scanner, root, port), new ArrayList<>()));
        if (isInstalled("sslscan", "--version")) {
            all.add(new ComparedTool(
                    "sslscan",
                    port -> command("sslscan", "--no-colour", "--sni-name=www.example.com", "127.0.0.1:" + port),
                    new ArrayList<>()));
        }
        String testssl = isInstalled("testssl.sh", "--version") ? "testssl.sh" : "testssl";
        if (isInstalled(testssl, "--version")) {
            all.add(new ComparedTool(
                    "testssl.sh",
                    port -> command(testssl, "--quiet", "--color", "0", "-p", "-E", "-S", "127.0.0.1:" + port),
                    new ArrayList<>()));
        } else {
            System.out.println("testssl.sh is not installed and is skipped");
        }
        return all;
    }

    private static void run(String server, int port, List<ComparedTool> tools) throws Exception {
        System.out.println(server);
        tools.forEach(compared -> compared.took().clear());
        System.out.printf(
                "  first scan of %s: %d ms%n",
                tools.get(0).name(),
                tools.get(0).tool().assess(port).toMillis());
        for (int round = 0; round < ROUNDS; round++) {
            for (ComparedTool compared : tools) {
                compared.took().add(compared.tool().assess(port));
            }
        }
        double webSentryMillis = median(tools.get(0).took());
        for (ComparedTool compared : tools) {
            double millis = median(compared.took());
            System.out.printf("  %-10s %8.0f ms   x %.1f%n", compared.name(), millis, millis / webSentryMillis);
        }
    }

    /** Returns the time of the TLS stage in a complete scan; the HTTP and DNS stages run concurrently. */
    private static Duration engine(Scanner scanner, TestCertificate root, int port) throws ScanException {
        AtomicReference<Duration> tls = new AtomicReference<>(Duration.ZERO);
        ScanOptions options = ScanOptions.builder()
                .caCertificates(List.of(root.certificate()))
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .resolve(Stream.of(
                                "www.example.com:443:127.0.0.1:" + port,
                                "www.example.com:80:127.0.0.1:1",
                                "example.com:443:127.0.0.1:1",
                                "example.com:80:127.0.0.1:1")
                        .map(ResolveOverride::parse)
                        .toList())
                .build();
        scanner.observe(Target.parse("www.example.com"), options, new ScanProgressListener() {
            @Override
            public void stageFinished(ScanStage stage, Duration took) {
                if (stage == ScanStage.TLS) {
                    tls.set(took);
                }
            }
        });
        return tls.get();
    }

    static Duration command(String... command) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not finish within 10 minutes");
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    static boolean isInstalled(String... command) {
        try {
            command(command);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static double median(List<Duration> took) {
        return took.stream().mapToLong(Duration::toNanos).sorted().skip(took.size() / 2).findFirst().orElseThrow()
                / 1e6;
    }
}
