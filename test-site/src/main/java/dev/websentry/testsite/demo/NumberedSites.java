package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Any number of different sites on one pair of ports, named {@code site1.example.com} and so on. Their security
 * problems differ.
 */
public final class NumberedSites {
    private static final int VARIANTS = 8;

    private NumberedSites() {}

    /**
     * Starts the sites.
     *
     * @param count number of sites
     * @return a site whose name is the first host name, and whose aliases are the others
     */
    public static LoopbackSite start(int count) {
        List<String> names = names(count);
        TestCertificate certificate = TestCertificate.root("WebSentry batch root")
                .issue("*.example.com")
                .build();
        return new LoopbackSite(
                names.get(0),
                names.subList(1, count),
                certificate,
                TestSite.https(certificate.serverContext(), NumberedSites::answer),
                TestSite.http(request -> TestSite.redirect(
                        301, "https://" + WellConfiguredSite.host(request) + WellConfiguredSite.path(request))));
    }

    /** Returns the host names of the sites. */
    public static List<String> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "site" + number + ".example.com")
                .toList();
    }

    /** Each bit of the site number is a security problem: missing HSTS, missing CSP, unprotected cookie. */
    private static MockResponse answer(RecordedRequest request) {
        int number = Integer.parseInt(WellConfiguredSite.host(request).replaceAll("\\D", "")) % VARIANTS;
        MockResponse.Builder answer = (WellConfiguredSite.path(request).equals("/")
                        ? TestSite.page("<h1>Site</h1>")
                        : TestSite.notFound())
                .newBuilder()
                .setHeader("X-Content-Type-Options", "nosniff");
        header(number, 1, "Strict-Transport-Security: max-age=63072000; includeSubDomains")
                .ifPresent(answer::addHeader);
        header(number, 2, "Content-Security-Policy: default-src 'self'; object-src 'none'; frame-ancestors 'none'")
                .ifPresent(answer::addHeader);
        header(number, 4, "Set-Cookie: __Host-session=1; Path=/; Secure; HttpOnly; SameSite=Lax")
                .ifPresentOrElse(answer::addHeader, () -> answer.addHeader("Set-Cookie: session=1"));
        return answer.build();
    }

    private static Optional<String> header(int number, int bit, String line) {
        return (number & bit) == 0 ? Optional.of(line) : Optional.empty();
    }
}
