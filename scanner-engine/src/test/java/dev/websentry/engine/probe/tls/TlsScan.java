package dev.websentry.engine.probe.tls;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ssl.SslChecks;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.CipherGroupResult;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.testsite.TestCertificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scans local ports as www.example.com and gives access to the observations and results. */
public record TlsScan(ScanObservations observations) {
    public static final TestCertificate ROOT = TestCertificate.root("Test root");

    public static TlsScan of(int port) throws ScanException {
        return of(port, Duration.ofSeconds(120));
    }

    public static TlsScan of(int port, Duration timeout) throws ScanException {
        return new TlsScan(observe(options(timeout, "127.0.0.1:" + port).build()));
    }

    /**
     * Scans a host with several addresses.
     *
     * @param addresses all addresses of the host, each such as {@code 127.0.0.2:8443}
     */
    public static TlsScan ofAddresses(String... addresses) throws ScanException {
        return new TlsScan(observe(options(Duration.ofSeconds(120), addresses).build()));
    }

    /** Scans an address whose host also has a plain http server. */
    public static TlsScan withHttpServer(int httpPort, String address) throws ScanException {
        return new TlsScan(
                observe(options(Duration.ofSeconds(120), httpPort, address).build()));
    }

    /** Creates the options of a scan of www.example.com at these addresses. */
    public static ScanOptions.Builder options(Duration timeout, String... addresses) {
        return options(timeout, 1, addresses);
    }

    private static ScanOptions.Builder options(Duration timeout, int httpPort, String... addresses) {
        Stream<String> https = Stream.of(addresses).map(address -> "www.example.com:443:" + address);
        return ScanOptions.builder()
                .timeout(timeout)
                .caCertificates(List.of(ROOT.certificate()))
                // Ports 1 and 9 of loopback are closed: plain http, the www counterpart and the DNS fail immediately.
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .resolve(Stream.concat(
                                https,
                                Stream.of(
                                        "www.example.com:80:127.0.0.1:" + httpPort,
                                        "example.com:443:127.0.0.1:1",
                                        "example.com:80:127.0.0.1:1"))
                        .map(ResolveOverride::parse)
                        .toList());
    }

    public static ScanObservations observe(ScanOptions options) throws ScanException {
        try (Scanner scanner = new Scanner()) {
            return RecordingRoundTrip.assertSameReport(
                    scanner.observe(Target.parse("www.example.com"), options, ScanProgressListener.NONE));
        }
    }

    public TlsEndpoint endpoint() {
        return observations.tls().endpoints().get(0);
    }

    /** Returns the accepted versions, oldest first. */
    public String versions() {
        return endpoint().versions().entrySet().stream()
                .filter(entry -> entry.getValue().value())
                .map(Map.Entry::getKey)
                .sorted(Comparator.naturalOrder())
                .map(ProtocolVersion::title)
                .collect(Collectors.joining(", "));
    }

    /** Returns the names of the accepted suites of a group. */
    public TreeSet<String> suites(CipherStrength group) {
        TreeSet<String> names = new TreeSet<>();
        for (CipherGroupResult answer : endpoint().suites()) {
            if (answer.group() == group) {
                answer.accepted().value().forEach(suite -> names.add(suite.name()));
            }
        }
        return names;
    }

    public EvaluatedCheck evaluate(String id) {
        return SslChecks.ALL.stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> CheckCatalog.evaluate(check, observations))
                .findFirst()
                .orElseThrow();
    }

    public String outcome(String id) {
        return evaluate(id).verdict().outcome() + " " + evaluate(id).verdict().value();
    }
}
