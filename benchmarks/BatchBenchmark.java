import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.config.Target;
import dev.websentry.testsite.ProcessResources;
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
 * Scans many local sites in one run of a cold JVM, as the Maven goal does, and prints time and memory usage. Then scans
 * some of the sites separately and compares the reports. The sites run in a separate process.
 *
 * <p>Run it with {@code benchmarks/batch.sh}.
 */
public final class BatchBenchmark {
    private static final int MAX_SEPARATE_SCANS = 200;
    private static final int WARM_UP_SCANS = 100;
    private static final int SCANS = 1000;

    private BatchBenchmark() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments the folder with {@code scan.properties} of the sites; with a second argument of any value, one
     *     site is also scanned a thousand times
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(folder.resolve("scan.properties")));
        List<String> urls = List.of(properties.getProperty("websentry.urls").split(","));
        RawOptions texts = texts(properties);
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        long startNanos = System.nanoTime();
        long startCpuNanos = system.getProcessCpuTime();
        JobResult result = ScanJob.run(request(texts, urls, folder.resolve("all")), site -> {});
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - startCpuNanos) / 1e9;
        System.out.printf(
                "%4d sites in %5.1f s (%4.0f ms per site, %4.0f ms CPU time of the scanner); %d graded; peak heap %d"
                        + " MiB, peak process size %d MiB%n",
                urls.size(),
                seconds,
                1000 * seconds / urls.size(),
                1000 * cpuSeconds / urls.size(),
                result.graded().size(),
                peakHeap() >> 20,
                peakResident() >> 10);
        result.errors().stream().limit(3).forEach(System.out::println);
        compare(texts, urls.subList(0, Math.min(MAX_SEPARATE_SCANS, urls.size())), folder);
        if (arguments.length > 1) {
            repeat(texts, urls.get(0));
        }
    }

    /** Prints the resources of this process before and after a thousand scans. */
    private static void repeat(RawOptions texts, String url) throws Exception {
        ScanRequest request = request(texts, List.of(url), Path.of("unused"));
        Target target = request.targets().get(0);
        try (Scanner scanner = new Scanner()) {
            scan(scanner, target, request, WARM_UP_SCANS);
            String before = resources();
            scan(scanner, target, request, SCANS);
            System.out.printf("     before %d scans of one site: %s%n     after them: %s%n", SCANS, before, resources());
        }
    }

    private static void scan(Scanner scanner, Target target, ScanRequest request, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            scanner.scan(target, request.options(), ScanProgressListener.NONE);
        }
        // Idle threads end within a minute.
        boolean unused = ProcessResources.await(70, () -> ProcessResources.threads("websentry-") + ProcessResources.threads("OkHttp") == 0);
    }

    private static String resources() {
        int threads = Thread.getAllStackTraces().size();
        return "%d threads, %d file descriptors, %.1f MiB of live objects"
                .formatted(threads, ProcessResources.openFileDescriptors(), ProcessResources.liveHeapBytes() / 1048576.0);
    }

    private static void compare(RawOptions texts, List<String> urls, Path folder) throws Exception {
        List<String> different = new ArrayList<>();
        for (String url : urls) {
            Path separate = folder.resolve(url);
            ScanJob.run(request(texts, List.of(url), separate), site -> {});
            Path inBatch = folder.resolve("all").resolve(url + ".json");
            if (!withoutVolatileFields(separate.resolve("report.json")).equals(withoutVolatileFields(inBatch))) {
                different.add(url);
            }
        }
        System.out.printf("     %d of them scanned separately too: %d reports differ %s%n", urls.size(), different.size(), different);
    }

    private static ScanRequest request(RawOptions texts, List<String> urls, Path output) throws Exception {
        return ScanRequest.parse(texts.set(Option.URLS, urls).set(Option.OUTPUT_DIRECTORY, output.toString()));
    }

    private static RawOptions texts(Properties properties) {
        return new RawOptions(Option::key)
                .set(Option.RESOLVE, List.of(properties.getProperty("websentry.resolve").split(",")))
                .set(Option.CA_CERTIFICATES, properties.getProperty("websentry.caCertificates"))
                .set(Option.TRUST_ANCHOR, properties.getProperty("websentry.trustAnchor"))
                .set(Option.DNS_SERVERS, List.of(properties.getProperty("websentry.dnsServers")))
                .set(Option.FORMATS, List.of("json", "html"));
    }

    /** Returns a report without the values that differ between scans: timestamps, the ID and random names. */
    private static String withoutVolatileFields(Path file) throws IOException {
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

    /** Returns the peak resident set size in KiB; Linux only. */
    private static long peakResident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
