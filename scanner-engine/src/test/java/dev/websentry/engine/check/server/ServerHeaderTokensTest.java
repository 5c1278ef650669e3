package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.ObservedSite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 10.2.4: product tokens with versions, and comments, which are free text (section 5.6.5). */
class ServerHeaderTokensTest {
    @ParameterizedTest(name = "Server: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Names that only look like versions.
                "ECS (dcb/7EEB) | PASS",
                "ECS (dcb/7123) | PASS",
                "ECAcc (nyd/D10E) | PASS",
                "ECD (sjc/4E71) | PASS",
                "Fly/ea5f2fb (2023-11-20) | PASS",
                "shop/3f2c1d | PASS",
                "S3-2 | PASS",
                // Names that only look like operating systems.
                "Oracle-HTTP-Server | PASS",
                "Amazon CloudFront | PASS",
                "CloudFront (Amazon CloudFront) | PASS",
                "Alpine Router | PASS",
                "Windows-Azure-Blob/1.0 | WARN",
                "Oracle-HTTP-Server/12c | WARN",
                "WindowsAzureBlob | PASS",
                "Linux-Webserver | PASS",
                // Versions and operating systems.
                "Apache/2 | WARN",
                "Apache/2.4.6_r5 | WARN",
                "nginx/1.25.3-1+deb | WARN",
                "Oracle-WebLogic/12c | WARN",
                "Varnish (Varnish/6.0) | WARN",
                "Zope/(2.13.22) | WARN",
                "Play! Framework;1.2.3;prod | WARN",
                "mini_httpd/1.30 26Oct2018 | WARN",
                "awselb/2.0 | WARN",
                "Jetty(9.4.z-SNAPSHOT) | WARN",
                "BunnyCDN-DE1-1048 | PASS",
                "HTTP server (unknown) | PASS",
                // Several components with versions
                "WEBrick/1.6.0 (Ruby/2.7.0/2019-12-25) | FAIL",
                "Werkzeug/2.0.1 Python/3.8.10 | FAIL",
                "Apache (Amazon) | FAIL",
                "Apache/2.4.6 (Amazon Linux) | FAIL",
                "Apache (Oracle Linux) | FAIL",
                "Apache (Rocky; x) | FAIL",
                "Apache (AlmaLinux) | FAIL",
                "Apache (Red Hat Enterprise Linux) | FAIL",
                "Apache (Linux/SUSE) | FAIL",
                "Microsoft-Windows/6.1 UPnP/1.0 | FAIL",
                "Linux/2.6 UPnP/1.0 | FAIL",
                "Apache/2.4 (Win64) | FAIL"
            })
    void onlyVersionsAndOperatingSystemsAreDisclosures(String value, CheckOutcome outcome) {
        ObservedSite site = ObservedSite.page().header("Server", value);
        assertEquals(
                outcome,
                CheckCatalog.evaluate(new ServerHeaderCheck(), site.observations())
                        .verdict()
                        .outcome());
    }
}
