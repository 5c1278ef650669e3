package dev.websentry.maven;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A stub of the API of a server that scans example.com: only the documented fields, grade A. */
final class StubApi {
    private StubApi() {}

    static MockResponse answer(RecordedRequest request) {
        String id = "e926f8e2d15bf967ea36e5481a888289";
        String categories = Stream.of("ssl", "headers", "cookies", "redirects", "dns", "server")
                .map(StubApi::category)
                .collect(Collectors.joining(","));
        String body = request.getMethod().equals("POST")
                ? "{\"ok\":true,\"scanId\":\"" + id + "\",\"url\":\"example.com\",\"grade\":\"A\",\"score\":85}"
                : "{\"ok\":true,\"scan\":{\"id\":\"" + id + "\",\"url\":\"example.com\",\"grade\":\"A\",\"score\":85,"
                        + "\"results\":{\"url\":\"example.com\",\"scannedAt\":\"2026-02-14T12:00:00.000Z\","
                        + "\"durationMs\":2340,\"grade\":\"A\",\"score\":85,\"categories\":{" + categories
                        + "}},\"created_at\":\"2026-02-14T12:00:00\"}}";
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static String category(String key) {
        return "\"" + key + "\":{\"name\":\"" + key + "\",\"score\":8,\"maxScore\":10,\"grade\":\"A\",\"checks\":[]}";
    }
}
