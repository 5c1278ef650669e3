package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestCertificate;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BrowserRootsTest {
    private static String resource(String name) throws Exception {
        try (InputStream in = BrowserRoots.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void listHasTheNumberOfRootsAndTheDateOfItsHeader() throws Exception {
        Matcher count = Pattern.compile("(?m)^# Count: (\\d+)$").matcher(resource("browser-roots.pem"));
        assertTrue(count.find());
        List<X509Certificate> roots = BrowserRoots.bundled().certificates();
        assertEquals(Integer.parseInt(count.group(1)), roots.size());
        assertEquals(
                roots.size(),
                Map.copyOf(roots.stream()
                                .collect(java.util.stream.Collectors.toMap(RootTable::fingerprint, root -> root)))
                        .size());
        assertTrue(roots.stream().allMatch(root -> root.getBasicConstraints() >= 0));
        assertTrue(BrowserRoots.bundled().date().isAfter(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void certificatesAreThoseThatTheJdkReads() throws Exception {
        assertEquals(
                List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(BrowserRoots.class.getResourceAsStream("browser-roots.pem"))),
                BrowserRoots.bundled().certificates());
    }

    /** ISRG Root X1 is in every browser; TrustCor is in no browser since 2023. */
    @Test
    void listHasTheRootsOfBrowsers() {
        List<String> names = BrowserRoots.bundled().certificates().stream()
                .map(root -> root.getSubjectX500Principal().getName())
                .toList();
        assertTrue(names.stream().anyMatch(name -> name.contains("CN=ISRG Root X1")));
        assertTrue(names.stream().noneMatch(name -> name.contains("TrustCor")));
    }

    @Test
    void distrustTableConcernsRealRoots() throws Exception {
        List<String> lines = resource("distrusted-roots.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertTrue(lines.size() > 20);
        for (String line : lines) {
            String[] fields = line.split(" \\| ", -1);
            assertEquals(5, fields.length, line);
            assertTrue(fields[0].matches("[0-9a-f]{64}"), line);
            assertTrue(List.of("CHROME", "BLOG-2024", "NSS").contains(fields[3]), line);
        }
        X509Certificate izenpe = BrowserRoots.bundled().certificates().stream()
                .filter(root -> root.getSubjectX500Principal().getName().contains("CN=Izenpe.com"))
                .findFirst()
                .orElseThrow();
        SignedTimestamps none = new SignedTimestamps(Map.of(), Map.of());
        TestCertificate authority = TestCertificate.root("Test root");
        X509Certificate late = authority
                .issue("www.example.com")
                .valid(Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-09-01T00:00:00Z"))
                .build()
                .certificate();
        X509Certificate early = authority
                .issue("www.example.com")
                .valid(Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-09-01T00:00:00Z"))
                .build()
                .certificate();
        assertEquals(
                Optional.of(Instant.parse("2026-04-14T23:59:59Z")),
                DistrustedRoots.bundled().distrustsAfter(izenpe, late, none));
        assertEquals(Optional.empty(), DistrustedRoots.bundled().distrustsAfter(izenpe, early, none));
        assertEquals(Optional.empty(), DistrustedRoots.bundled().distrustsAfter(authority.certificate(), late, none));
    }
}
