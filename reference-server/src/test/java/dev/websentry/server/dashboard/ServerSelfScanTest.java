package dev.websentry.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans this server with the engine, behind a proxy that terminates TLS as described in docs/server.md. */
class ServerSelfScanTest {
    private static final String NAME = "www.example.com";
    private static final String ALIAS = "example.com";
    private static final Set<String> HOP_BY_HOP = Set.of("transfer-encoding", "connection", "keep-alive");

    private final URI server = TestServer.shared(DatabaseVendor.SQLITE).url();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/signup", "/no-such-page"})
    void pagesGetAPlusWithoutFailedHeaderCookieOrServerChecks(String path) throws ScanException {
        Report report = scan(path);
        List<String> failed = serverChecks(report)
                .filter(check -> check.status() == CheckStatus.FAIL || check.isUnchecked())
                .map(ServerSelfScanTest::describe)
                .toList();
        assertEquals(List.of(), failed);
        assertEquals(Grade.A_PLUS, report.grade(), () -> report.score() + ": " + findings(report));
        assertTrue(report.complete(), () -> findings(report).toString());
    }

    /** Without an API key the server responds 401, and the cookies of a 401 response are not checked. */
    @Test
    void apiHasNoFailedChecks() throws ScanException {
        assertEquals(
                List.of(),
                serverChecks(scan("/api/account"))
                        .filter(check -> check.status() == CheckStatus.FAIL)
                        .map(ServerSelfScanTest::describe)
                        .toList());
    }

    private static Stream<CheckResult> serverChecks(Report report) {
        return report.categories().stream()
                .filter(category -> Set.of("headers", "cookies", "server").contains(category.key()))
                .flatMap(category -> category.checks().stream());
    }

    private Report scan(String path) throws ScanException {
        TestCertificate certificate =
                TestCertificate.root("Fixture root").issue(NAME, ALIAS).build();
        try (LoopbackSite site = new LoopbackSite(
                        NAME,
                        List.of(ALIAS),
                        certificate,
                        TestSite.https(certificate.serverContext(), this::proxied),
                        TestSite.http(ServerSelfScanTest::toHttps));
                LoopbackDns dns = LoopbackDns.start();
                Scanner scanner = new Scanner()) {
            return scanner.scan(Target.parse("https://" + NAME + path), options(site, dns), ScanProgressListener.NONE);
        }
    }

    private static ScanOptions options(LoopbackSite site, LoopbackDns dns) {
        return ScanOptions.builder()
                .timeout(Duration.ofSeconds(120))
                .addressPolicy(AddressPolicy.publicAddressesAnd(List.of(AddressRange.parse("127.0.0.0/8"))))
                .caCertificates(List.of(site.certificate().rootCertificate()))
                .dnsServers(List.of(HostAndPort.parse(dns.server(), 53)))
                .trustAnchors(List.of(dns.trustAnchor()))
                .resolve(site.resolve().stream().map(ResolveOverride::parse).toList())
                .build();
    }

    private MockResponse proxied(RecordedRequest request) {
        String host = request.getUrl().host();
        if (host.equals(ALIAS)) {
            return TestSite.redirect(301, "https://" + NAME + request.getTarget())
                    .newBuilder()
                    .setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
                    .build();
        }
        HttpRequest.Builder passed = HttpRequest.newBuilder(URI.create(server + request.getTarget()))
                .timeout(Duration.ofSeconds(60))
                .method(request.getMethod(), HttpRequest.BodyPublishers.noBody())
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", NAME)
                .header("X-Forwarded-For", "198.51.100.7");
        for (String name : List.of("Accept", "Origin", "User-Agent", "Cookie")) {
            String value = request.getHeaders().get(name);
            if (value != null) {
                passed.header(name, value);
            }
        }
        try {
            return answer(client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static MockResponse answer(HttpResponse<byte[]> from) {
        MockResponse.Builder answer =
                new MockResponse.Builder().code(from.statusCode()).body(new Buffer().write(from.body()));
        from.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name) && !name.equals("content-length")) {
                values.forEach(value -> answer.addHeader(name, value));
            }
        });
        return answer.build();
    }

    private static MockResponse toHttps(RecordedRequest request) {
        return TestSite.redirect(301, "https://" + request.getUrl().host() + request.getTarget());
    }

    private static List<String> findings(Report report) {
        return report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.isFinding() || check.isUnchecked())
                .map(ServerSelfScanTest::describe)
                .toList();
    }

    private static String describe(CheckResult check) {
        return check.label() + " " + check.status().label() + ": " + check.value();
    }
}
