package dev.websentry.engine.probe.site;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.testsite.TestSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A stub site in a compact notation, with the expected results of checks. */
final class StubSite {
    /**
     * The expected result of a check.
     *
     * @param check the id of the check
     * @param expectedStatus the expected status
     * @param expectedText a text that the check's message must contain
     */
    record ExpectedResult(String check, CheckOutcome expectedStatus, String expectedText) {}

    private final String host;
    private String target;
    private final List<ExpectedResult> expectedResults = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final Map<String, Function<RecordedRequest, MockResponse>> paths = new HashMap<>();
    private Function<RecordedRequest, MockResponse> plain = request -> TestSite.redirect(
            301, "https://" + request.getUrl().host() + request.getUrl().encodedPath());
    private Function<RecordedRequest, MockResponse> other;
    private String html = "hello";
    private String head = "";
    private int status = 200;
    private MockResponse missing = TestSite.notFound();
    private boolean filtered;
    private boolean closed;
    private boolean otherHttps = true;
    private boolean otherCertified = true;
    private boolean probing = true;

    private StubSite(String host) {
        this.host = host;
        this.target = host;
        this.other = request -> TestSite.redirect(301, "https://" + host + "/");
    }

    static StubSite site(String host) {
        return new StubSite(host);
    }

    StubSite target(String input) {
        target = input;
        return this;
    }

    /** Adds header fields to the page, each as {@code Name: value}. */
    StubSite headers(String... lines) {
        fields.addAll(List.of(lines));
        return this;
    }

    StubSite html(String body) {
        html = body;
        return this;
    }

    StubSite head(String elements) {
        head = elements;
        return this;
    }

    StubSite status(int code) {
        status = code;
        return this;
    }

    StubSite at(String path, MockResponse answer) {
        paths.put(path, request -> answer);
        return this;
    }

    StubSite at(String path, Function<RecordedRequest, MockResponse> answer) {
        paths.put(path, answer);
        return this;
    }

    /** Sets the response for all other paths. */
    StubSite otherPaths(MockResponse answer) {
        missing = answer;
        return this;
    }

    StubSite overHttp(Function<RecordedRequest, MockResponse> answer) {
        plain = answer;
        return this;
    }

    StubSite filtered() {
        filtered = true;
        return this;
    }

    StubSite closed() {
        closed = true;
        return this;
    }

    StubSite wwwCounterpart(Function<RecordedRequest, MockResponse> answer) {
        other = answer;
        return this;
    }

    StubSite wwwWithoutHttps() {
        otherHttps = false;
        return this;
    }

    StubSite wwwWithoutCertificate() {
        otherCertified = false;
        return this;
    }

    StubSite withoutProbePaths() {
        probing = false;
        return this;
    }

    StubSite expect(String check, CheckOutcome outcome, String word) {
        expectedResults.add(new ExpectedResult(check, outcome, word));
        return this;
    }

    StubSite pass(String check, String word) {
        return expect(check, CheckOutcome.PASS, word);
    }

    StubSite warn(String check, String word) {
        return expect(check, CheckOutcome.WARN, word);
    }

    StubSite fail(String check, String word) {
        return expect(check, CheckOutcome.FAIL, word);
    }

    String host() {
        return host;
    }

    String target() {
        return target;
    }

    List<ExpectedResult> expectedResults() {
        return expectedResults;
    }

    boolean isFiltered() {
        return filtered;
    }

    boolean isClosed() {
        return closed;
    }

    boolean wwwHasHttps() {
        return otherHttps;
    }

    boolean wwwHasCertificate() {
        return otherCertified;
    }

    boolean probesPaths() {
        return probing;
    }

    MockResponse plain(RecordedRequest request) {
        return plain.apply(request);
    }

    MockResponse secure(RecordedRequest request) {
        if (!request.getUrl().host().equals(host)) {
            return other.apply(request);
        }
        String path = request.getUrl().encodedPath();
        if (paths.containsKey(path)) {
            return paths.get(path).apply(request);
        }
        return path.equals("/") ? page() : missing;
    }

    MockResponse page() {
        MockResponse.Builder page = TestSite.page("")
                .newBuilder()
                .code(status)
                .body("<!doctype html><html><head><title>Told</title>" + head + "</head><body>" + html
                        + "</body></html>");
        for (String line : fields) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Content-Type")) {
                page.setHeader(parts[0], parts[1]);
            } else {
                page.addHeader(parts[0], parts[1]);
            }
        }
        return page.build();
    }
}
