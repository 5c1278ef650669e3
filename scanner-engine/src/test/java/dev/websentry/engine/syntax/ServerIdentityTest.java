package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerIdentityTest {
    private static final TestCertificate ROOT = TestCertificate.root("Root");

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "www.example.com, www.example.com, true",
        "WWW.Example.COM, www.example.com, true",
        "example.com, www.example.com, false",
        "*.example.com, www.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, a.b.example.com, false",
        "w*.example.com, www.example.com, false",
        "*w.example.com, www.example.com, false",
        "www.*.com, www.example.com, false",
        "*.*.com, www.example.com, false",
        "*.com, example.com, false",
        "*, localhost, false",
        "*, example.com, false",
        "*.xn--bcher-kva.example, www.xn--bcher-kva.example, true",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "xn--*.example, xn--bcher-kva.example, false",
        "localhost, localhost, true"
    })
    void hostNamesMatchAsInRfc9525(String presented, String host, boolean matches) {
        assertEquals(matches, ServerIdentity.matches(presented, host));
    }

    @ParameterizedTest(name = "entry {0} matches {1}: {2}")
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.8, 192.0.2.7, false",
        "2001:db8::7, 2001:db8::7, true",
        "2001:db8:0:0::7, 2001:db8::7, true",
        "2001:db8::8, 2001:db8::7, false",
        "www.example.com, 192.0.2.7, false",
        "192.0.2.7, 256.1.1.1, false",
        "127.0.0.1, 127.1, true",
        "192.0.2.7, 2001:db8::7, false",
        "2001:db8::7, 192.0.2.7, false",
        "2001:db8::7, 2001:db8:::7, false"
    })
    void ipAddressesMatchOnlyIpAddressEntries(String entry, String host, boolean matches) {
        assertEquals(matches, ServerIdentity.matches(ROOT.issue(entry).build().certificate(), host));
    }

    @Test
    void entriesOfBothKindsAreListedAndMatched() {
        X509Certificate certificate =
                ROOT.issue("192.0.2.7", "a.net", "*.b.net").build().certificate();
        assertEquals(List.of("a.net", "*.b.net", "192.0.2.7"), ServerIdentity.subjectAltNames(certificate));
        assertEquals(true, ServerIdentity.matches(certificate, "a.net"));
        assertEquals(true, ServerIdentity.matches(certificate, "www.b.net"));
        assertEquals(false, ServerIdentity.matches(certificate, "c.net"));
    }

    @Test
    void commonNameIsIgnored() {
        TestCertificate certificate = ROOT.issueIntermediate("www.example.com").build();
        assertEquals(false, ServerIdentity.matches(certificate.certificate(), "www.example.com"));
    }
}
