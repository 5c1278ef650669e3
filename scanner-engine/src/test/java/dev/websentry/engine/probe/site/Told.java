package dev.websentry.engine.probe.site;

import dev.websentry.engine.check.Outcome;
import dev.websentry.testsite.TestSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A stub site in a compact notation, with the expected results of checks. */
final class Told {
    /**
     * The expected result of a check.
     *
     * @param check the id of the check
     * @param outcome the expected status
     * @param word a text that the check's message must contain
     */
    record Row(String check, Outcome outcome, String word) {}

    private final String host;
    private String target;
    private final List<Row> rows = new ArrayList<>();
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

    private Told(String host) {
        this.host = host;
        this.target = host;
        this.other = request -> TestSite.redirect(301, "https://" + host + "/");
    }

    static Told site(String host) {
        return new Told(host);
    }

    Told target(String input) {
        target = input;
        return this;
    }

    /** Adds header fields to the page, each as {@code Name: value}. */
    Told sends(String... lines) {
        fields.addAll(List.of(lines));
        return this;
    }

    Told html(String body) {
        html = body;
        return this;
    }

    Told head(String elements) {
        head = elements;
        return this;
    }

    Told status(int code) {
        status = code;
        return this;
    }

    Told at(String path, MockResponse answer) {
        paths.put(path, request -> answer);
        return this;
    }

    Told at(String path, Function<RecordedRequest, MockResponse> answer) {
        paths.put(path, answer);
        return this;
    }

    /** Sets the response for all other paths. */
    Told elsewhere(MockResponse answer) {
        missing = answer;
        return this;
    }

    Told overHttp(Function<RecordedRequest, MockResponse> answer) {
        plain = answer;
        return this;
    }

    Told filtered() {
        filtered = true;
        return this;
    }

    Told closed() {
        closed = true;
        return this;
    }

    Told otherName(Function<RecordedRequest, MockResponse> answer) {
        other = answer;
        return this;
    }

    Told otherWithoutHttps() {
        otherHttps = false;
        return this;
    }

    Told otherWithoutCertificate() {
        otherCertified = false;
        return this;
    }

    Told withoutPaths() {
        probing = false;
        return this;
    }

    Told is(String check, Outcome outcome, String word) {
        rows.add(new Row(check, outcome, word));
        return this;
    }

    Told pass(String check, String word) {
        return is(check, Outcome.PASS, word);
    }

    Told warn(String check, String word) {
        return is(check, Outcome.WARN, word);
    }

    Told fail(String check, String word) {
        return is(check, Outcome.FAIL, word);
    }

    String host() {
        return host;
    }

    String target() {
        return target;
    }

    List<Row> rows() {
        return rows;
    }

    boolean isFiltered() {
        return filtered;
    }

    boolean isClosed() {
        return closed;
    }

    boolean otherHasHttps() {
        return otherHttps;
    }

    boolean otherIsCertified() {
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
