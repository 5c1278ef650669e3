package io.jenkins.plugins.websentry;

import dev.websentry.jenkins.WorkspaceScanner;
import dev.websentry.testsite.demo.LoopbackSite;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** The API of a WebSentry server on loopback: returns the report of one site to requests with its API key. */
final class ScanApi implements AutoCloseable {
    private static final String SCAN = "e926f8e2d15bf967ea36e5481a888289";

    private final MockWebServer server = new MockWebServer();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final String report;
    private final String key;

    private ScanApi(String report, String key) {
        this.report = report;
        this.key = key;
    }

    /** Scans the site once and serves that report. */
    static ScanApi of(Sites sites, LoopbackSite site, String key) throws Exception {
        Path folder = Files.createTempDirectory("websentry-api");
        List<String> reports = new WorkspaceScanner(sites.step(site).settings(), folder, line -> {})
                .run(Map.of())
                .reports();
        ScanApi api = new ScanApi(reports.get(0), key);
        api.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return api.answer(request);
            }
        });
        api.server.start(InetAddress.getLoopbackAddress(), 0);
        return api;
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Method, path and body of every request so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private MockResponse answer(RecordedRequest request) {
        String body = request.getBody() == null ? "" : " " + request.getBody().utf8();
        asked.add(request.getMethod() + " " + request.getUrl().encodedPath() + body);
        String shown = String.valueOf(request.getHeaders().get("Authorization"));
        if (!shown.equals(key)) {
            // Repeats the key, as a careless server would.
            return json(401, "{\"ok\":false,\"code\":\"unauthorized\",\"error\":\"Invalid API key " + shown + "\"}");
        }
        return request.getMethod().equals("POST")
                ? json(200, "{\"ok\":true,\"scanId\":\"" + SCAN + "\"}")
                : json(200, report);
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
