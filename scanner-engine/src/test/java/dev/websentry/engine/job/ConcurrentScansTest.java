package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.NumberedSites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests a job with many sites. Its duration is measured by {@code benchmarks/batch.sh}. */
@Timeout(600)
class ConcurrentScansTest {
    private static final int SITES = 20;
    /** Random names that a scan generates. */
    private static final Pattern RANDOM = Pattern.compile("\\b(x|ws)[0-9a-f]{16}\\b");

    @TempDir
    private Path folder;

    @Test
    void concurrentScansProduceTheSameReportsAsSingleScans() throws Exception {
        List<String> names = NumberedSites.names(SITES);
        try (LoopbackSite site = NumberedSites.start(SITES);
                LoopbackDns dns = LoopbackDns.start(names)) {
            RawOptions texts = texts(site, dns);
            JobResult together = ScanJob.run(
                    ScanRequest.parse(texts.set(Option.URLS, names)
                            .set(Option.PARALLELISM, "8")
                            .set(Option.OUTPUT_DIRECTORY, folder.resolve("all").toString())),
                    result -> {});
            assertEquals(
                    SITES, together.graded().size(), () -> together.errors().toString());
            Set<String> different = new HashSet<>();
            for (String name : names) {
                String folderOfOne = folder.resolve(name).toString();
                ScanJob.run(
                        ScanRequest.parse(
                                texts.set(Option.URLS, List.of(name)).set(Option.OUTPUT_DIRECTORY, folderOfOne)),
                        result -> {});
                String single = comparable(folder.resolve(name).resolve("report.json"));
                assertEquals(single, comparable(folder.resolve("all").resolve(name + ".json")));
                different.add(single.replace(name, ""));
            }
            assertTrue(different.size() >= 8, "the sites must differ: " + different.size());
        }
    }

    private RawOptions texts(LoopbackSite site, LoopbackDns dns) throws IOException {
        return new RawOptions(Option::key)
                .set(Option.RESOLVE, site.resolve())
                .set(Option.DNS_SERVERS, List.of(dns.server()))
                .set(
                        Option.CA_CERTIFICATES,
                        Files.writeString(folder.resolve("root.pem"), site.rootPem())
                                .toString())
                .set(
                        Option.TRUST_ANCHOR,
                        Files.writeString(folder.resolve("anchor"), dns.trustAnchor())
                                .toString())
                .set(Option.FORMATS, List.of("json"))
                .set(Option.TIMEOUT_SECONDS, "300")
                .set(Option.FAIL_BELOW, "F");
    }

    /** Returns the report without the values that differ between two scans of a site. */
    private static String comparable(Path file) throws IOException {
        ObjectNode answer = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        ObjectNode scan = (ObjectNode) answer.path("scan");
        List.of("id", "created_at").forEach(scan::remove);
        List.of("scannedAt", "durationMs").forEach(((ObjectNode) scan.path("results"))::remove);
        return RANDOM.matcher(answer.toPrettyString()).replaceAll("random");
    }
}
