import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.run.Option;
import dev.websentry.engine.run.OptionTexts;
import dev.websentry.engine.run.RunResult;
import dev.websentry.engine.run.ScanRequest;
import dev.websentry.engine.run.ScanRun;
import dev.websentry.engine.target.Target;
import dev.websentry.testsite.Holdings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Scans many local sites in one cold run, as the goal does, and prints what that took; scans some of them alone and compares
 * the reports. The sites run in a process of their own. Run it with {@code benchmarks/batch.sh}.
 */
public final class BatchBenchmark {
    private static final int MOST_ALONE = 200;
    private static final int WARM_UP = 100;
    private static final int SCANS = 1000;

    private BatchBenchmark() {}

    /** @param arguments the folder with the sites' {@code scan.properties}; anything more: a thousand scans, too */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(folder.resolve("scan.properties")));
        List<String> urls = List.of(properties.getProperty("websentry.urls").split(","));
        OptionTexts texts = texts(properties);
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        long began = System.nanoTime();
        long spent = system.getProcessCpuTime();
        RunResult result = ScanRun.run(request(texts, urls, folder.resolve("all")), site -> {});
        double seconds = (System.nanoTime() - began) / 1e9;
        double busy = (system.getProcessCpuTime() - spent) / 1e9;
        System.out.printf(
                "%4d sites in %5.1f s (%4.0f ms a site, %4.0f ms of processor in the scanner); %d graded; heap at most %d"
                        + " MiB, process at most %d MiB%n",
                urls.size(),
                seconds,
                1000 * seconds / urls.size(),
                1000 * busy / urls.size(),
                result.graded().size(),
                peakHeap() >> 20,
                peakResident() >> 10);
        result.errors().stream().limit(3).forEach(System.out::println);
        compare(texts, urls.subList(0, Math.min(MOST_ALONE, urls.size())), folder);
        if (arguments.length > 1) {
            repeat(texts, urls.get(0));
        }
    }

    /** What a thousand scans leave in this process. */
    private static void repeat(OptionTexts texts, String url) throws Exception {
        ScanRequest request = request(texts, List.of(url), Path.of("unused"));
        Target target = request.targets().get(0);
        try (Scanner scanner = new Scanner()) {
            scan(scanner, target, request, WARM_UP);
            String before = holdings();
            scan(scanner, target, request, SCANS);
            System.out.printf("     before %d scans of one site: %s%n     after them: %s%n", SCANS, before, holdings());
        }
    }

    private static void scan(Scanner scanner, Target target, ScanRequest request, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            scanner.scan(target, request.options(), Progress.NONE);
        }
        // Idle threads go within a minute.
        boolean unused = Holdings.await(70, () -> Holdings.threads("websentry-") + Holdings.threads("OkHttp") == 0);
    }

    private static String holdings() {
        int threads = Thread.getAllStackTraces().size();
        return "%d threads, %d descriptors, %.1f MiB of live objects"
                .formatted(threads, Holdings.descriptors(), Holdings.heap() / 1048576.0);
    }

    private static void compare(OptionTexts texts, List<String> urls, Path folder) throws Exception {
        List<String> unlike = new ArrayList<>();
        for (String url : urls) {
            Path alone = folder.resolve(url);
            ScanRun.run(request(texts, List.of(url), alone), site -> {});
            Path inBatch = folder.resolve("all").resolve(url + ".json");
            if (!lasting(alone.resolve("report.json")).equals(lasting(inBatch))) {
                unlike.add(url);
            }
        }
        System.out.printf("     of these %d scanned alone as well: %d reports differ %s%n", urls.size(), unlike.size(), unlike);
    }

    private static ScanRequest request(OptionTexts texts, List<String> urls, Path output) throws Exception {
        return ScanRequest.of(texts.set(Option.URLS, urls).set(Option.OUTPUT_DIRECTORY, output.toString()));
    }

    private static OptionTexts texts(Properties properties) {
        return new OptionTexts(Option::key)
                .set(Option.RESOLVE, List.of(properties.getProperty("websentry.resolve").split(",")))
                .set(Option.CA_CERTIFICATES, properties.getProperty("websentry.caCertificates"))
                .set(Option.TRUST_ANCHOR, properties.getProperty("websentry.trustAnchor"))
                .set(Option.DNS_SERVERS, List.of(properties.getProperty("websentry.dnsServers")))
                .set(Option.FORMATS, List.of("json", "html"));
    }

    /** A report without what no two scans share: times, the id and the names that a scan makes up. */
    private static String lasting(Path file) throws IOException {
        ObjectNode answer = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        ObjectNode scan = (ObjectNode) answer.path("scan");
        List.of("id", "created_at").forEach(scan::remove);
        List.of("scannedAt", "durationMs").forEach(((ObjectNode) scan.path("results"))::remove);
        return answer.toString().replaceAll("\\b(x|ws)[0-9a-f]{16}\\b", "random");
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** In KiB; on Linux. */
    private static long peakResident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
