package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * The demo site: a small shop with common security problems, such as a certificate that is about to expire, missing
 * HSTS, a CSP that allows everything, a session cookie without attributes, and an exposed Git repository.
 */
public final class DemoSite {
    private static final String NAME = "shop.example.org";

    private DemoSite() {}

    /** Starts the site with a certificate of a new private root CA. */
    public static LoopbackSite start() {
        TestCertificate certificate = TestCertificate.root("WebSentry demo root")
                .issue(NAME)
                .valid(Duration.ofDays(80), Duration.ofDays(4))
                .build();
        return new LoopbackSite(
                NAME,
                List.of(),
                certificate,
                TestSite.https(certificate.serverContext(), DemoSite::answer),
                TestSite.http(DemoSite::plain));
    }

    private static MockResponse plain(RecordedRequest request) {
        return TestSite.redirect(302, "https://" + NAME + WellConfiguredSite.path(request));
    }

    private static MockResponse answer(RecordedRequest request) {
        MockResponse.Builder answer = body(WellConfiguredSite.path(request)).newBuilder();
        answer.setHeader("Server", "Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1f mod_jk/1.2.46");
        answer.setHeader("X-Powered-By", "PHP/7.4.3");
        Optional.ofNullable(request.getHeaders().get("Origin"))
                .ifPresent(origin -> answer.setHeader("Access-Control-Allow-Origin", origin)
                        .setHeader("Access-Control-Allow-Credentials", "true"));
        return answer.build();
    }

    private static MockResponse body(String path) {
        return switch (path) {
            case "/" -> page();
            case "/.git/HEAD" -> text("ref: refs/heads/main\n");
            case "/.git/config" -> text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
            default -> error();
        };
    }

    private static MockResponse page() {
        return TestSite.page("""
                        <h1>Shop</h1>
                        <img src="http://images.example.net/sale.png" alt="Sale">
                        <script src="http://cdn.example.net/jquery-1.8.js"></script>
                        <script>var basket = [];</script>
                        """)
                .newBuilder()
                .setHeader("Content-Security-Policy", "default-src * 'unsafe-inline' 'unsafe-eval'")
                .setHeader("X-Frame-Options", "ALLOW-FROM https://partner.example.net")
                .setHeader("Referrer-Policy", "unsafe-url")
                .setHeader("Permissions-Policy", "camera=*, geolocation=*")
                .addHeader("Set-Cookie", "PHPSESSID=demo; path=/")
                .addHeader("Set-Cookie", "basket=empty; path=/; SameSite=None")
                .build();
    }

    private static MockResponse text(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/plain")
                .body(body)
                .build();
    }

    private static MockResponse error() {
        return new MockResponse.Builder()
                .code(404)
                .setHeader("Content-Type", "text/html")
                .body("""
                        <h1>Fatal error</h1>
                        <pre>PHP Fatal error:  Uncaught Exception: no route in /var/www/shop/index.php:31
                        Stack trace:
                        #0 /var/www/shop/index.php(12): Router->find()
                        #1 {main}
                          thrown in /var/www/shop/index.php on line 31</pre>
                        """)
                .build();
    }
}
