package io.jenkins.plugins.websentry;

import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.demo.LoopbackSite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Two sites of one server that get better and worse between two builds. */
final class ChangingSites {
    static final String FIRST = "a.example.com";
    static final String SECOND = "b.example.com";
    static final List<String> NAMES = List.of(FIRST, SECOND);

    final LoopbackSite site;
    private final Map<String, Integer> problems = new ConcurrentHashMap<>();

    ChangingSites() {
        TestCertificate certificate = TestCertificate.root("WebSentry changing root")
                .issue(FIRST, SECOND)
                .build();
        site = new LoopbackSite(
                FIRST,
                List.of(SECOND),
                certificate,
                TestSite.https(certificate.serverContext(), this::answer),
                TestSite.http(request -> TestSite.redirect(
                        301,
                        "https://" + request.getUrl().host() + request.getUrl().encodedPath())));
    }

    /** Sets how many of its security headers a site no longer sends. */
    void set(String name, int missingHeaders) {
        problems.put(name, missingHeaders);
    }

    private MockResponse answer(RecordedRequest request) {
        int missing = problems.getOrDefault(request.getUrl().host(), 0);
        MockResponse.Builder answer = (request.getUrl().encodedPath().equals("/")
                        ? TestSite.page("<h1>Site</h1>")
                        : TestSite.notFound())
                .newBuilder();
        List.of(
                        "Strict-Transport-Security: max-age=63072000; includeSubDomains",
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Referrer-Policy: no-referrer")
                .stream()
                .skip(missing)
                .forEach(answer::addHeader);
        return answer.build();
    }
}
