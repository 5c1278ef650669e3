package dev.websentry.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.tls.ScriptedServer;
import dev.websentry.testsite.tls.StatelessServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A site with its DNS server that keeps no state of the scans, so that leak tests can scan it any number of times. */
record StatelessScanSite(ScriptedServer https, ScriptedServer http, LoopbackDns dns, TestCertificate certificate)
        implements AutoCloseable {
    private static final String NAME = "www.example.com";
    private static final String APEX = "example.com";
    private static final int CONCURRENT_SCANS = 4;

    static StatelessScanSite start() {
        TestCertificate certificate =
                TestCertificate.root("Test root").issue(NAME, APEX).build();
        String page = StatelessServer.response(
                "200 OK",
                "Content-Type: text/html\r\nStrict-Transport-Security: max-age=63072000; includeSubDomains\r\n"
                        + "Content-Security-Policy: default-src 'self'\r\nSet-Cookie: __Host-s=1; Path=/; Secure\r\n",
                "<!doctype html><title>Test</title><script src=/a.js></script>");
        String notFound = StatelessServer.response("404 Not found", "", "");
        String moved = StatelessServer.response("301 Moved", "Location: https://" + NAME + "/\r\n", "");
        return new StatelessScanSite(
                StatelessServer.https(certificate.serverContext(), head -> head.startsWith("GET / ") ? page : notFound),
                StatelessServer.http(head -> moved),
                LoopbackDns.start(),
                certificate);
    }

    /** Scans the site several times, with concurrent scans. */
    void scan(Scanner scanner, int times) throws InterruptedException, ExecutionException {
        ScanOptions options = options();
        ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT_SCANS);
        List<Future<Report>> reports = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            reports.add(threads.submit(() -> scan(scanner, options)));
        }
        int complete = 0;
        for (Future<Report> report : reports) {
            complete += report.get().complete() ? 1 : 0;
        }
        threads.shutdown();
        // On a busy machine, some scans are incomplete.
        assertTrue(complete > 0, "no scan was complete");
    }

    private Report scan(Scanner scanner, ScanOptions options) throws ScanException {
        Report report = scanner.scan(Target.parse("https://" + NAME), options, ScanProgressListener.NONE);
        dns.dns().clearLog();
        return report;
    }

    private ScanOptions options() {
        return ScanOptions.builder()
                .dnsServers(List.of(new HostAndPort("127.0.0.1", dns.dns().port())))
                .resolve(Stream.of(NAME, APEX)
                        .flatMap(host -> Stream.of(
                                host + ":443:127.0.0.1:" + https.port(), host + ":80:127.0.0.1:" + http.port()))
                        .map(ResolveOverride::parse)
                        .toList())
                .caCertificates(List.of(certificate.rootCertificate()))
                .trustAnchors(List.of(dns.trustAnchor()))
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    @Override
    public void close() {
        https.close();
        http.close();
        dns.close();
    }
}
