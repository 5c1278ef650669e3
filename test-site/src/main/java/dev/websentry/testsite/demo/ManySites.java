package dev.websentry.testsite.demo;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Any number of different sites on one pair of ports: {@code site1.example.com} and so on, each with mistakes of its own. */
public final class ManySites {
    private static final int KINDS = 8;

    private ManySites() {}

    /** @param count of sites; the first is the name of what is returned, the others are its aliases */
    public static LoopbackSite start(int count) {
        List<String> names = names(count);
        TestCertificate certificate = TestCertificate.root("WebSentry batch root")
                .issue("*.example.com")
                .build();
        return new LoopbackSite(
                names.get(0),
                names.subList(1, count),
                certificate,
                TestSite.https(certificate.serverContext(), ManySites::answer),
                TestSite.http(request ->
                        TestSite.redirect(301, "https://" + GoodSite.host(request) + GoodSite.path(request))));
    }

    public static List<String> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "site" + number + ".example.com")
                .toList();
    }

    /** The number's bits are the site's mistakes: no HSTS, no policy, a cookie that anything can read. */
    private static MockResponse answer(RecordedRequest request) {
        int number = Integer.parseInt(GoodSite.host(request).replaceAll("\\D", "")) % KINDS;
        MockResponse.Builder answer = (GoodSite.path(request).equals("/")
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
