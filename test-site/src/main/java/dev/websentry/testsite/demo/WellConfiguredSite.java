package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * A well-configured site: strict headers, a protected cookie, permanent redirects to HTTPS and to one canonical host.
 */
public final class WellConfiguredSite {
    private static final String NAME = "www.example.com";
    private static final String ALIAS = "example.com";

    private WellConfiguredSite() {}

    /** Starts the site with a certificate of a new private root CA. */
    public static LoopbackSite start() {
        TestCertificate certificate = TestCertificate.root("WebSentry fixture root")
                .issue(NAME, ALIAS)
                .build();
        return new LoopbackSite(
                NAME,
                List.of(ALIAS),
                certificate,
                TestSite.https(certificate.serverContext(), WellConfiguredSite::answer),
                TestSite.http(WellConfiguredSite::redirect));
    }

    private static MockResponse answer(RecordedRequest request) {
        MockResponse answer = host(request).equals(ALIAS)
                ? TestSite.redirect(301, "https://" + NAME + path(request))
                : path(request).equals("/") ? page() : TestSite.notFound();
        return answer.newBuilder()
                .setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
                .setHeader("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static MockResponse page() {
        return TestSite.page("<h1>All is well</h1><script src=\"/app.js\"></script>")
                .newBuilder()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
                .setHeader("X-Frame-Options", "DENY")
                .setHeader("Referrer-Policy", "strict-origin-when-cross-origin")
                .setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                .setHeader("Cross-Origin-Opener-Policy", "same-origin")
                .addHeader("Set-Cookie", "__Host-session=1; Path=/; Secure; HttpOnly; SameSite=Lax")
                .build();
    }

    private static MockResponse redirect(RecordedRequest request) {
        return TestSite.redirect(301, "https://" + host(request) + path(request));
    }

    static String host(RecordedRequest request) {
        return request.getUrl().host();
    }

    static String path(RecordedRequest request) {
        return request.getUrl().encodedPath();
    }
}
