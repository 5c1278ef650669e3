package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.quota.SharedReportLimiter;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedReportTest extends EndpointTest {
    private static final Map<DatabaseVendor, TestServer> SERVERS = new EnumMap<>(DatabaseVendor.class);

    @Override
    protected TestServer server() {
        return SERVERS.computeIfAbsent(
                vendor,
                own -> TestServer.start(own.freshDatabase(), (id, target, progress) -> DocumentedExamples.report()));
    }

    private record Shared(TestUser owner, String scanId, String token) {
        List<String> paths() {
            return List.of(
                    "/api/r/" + token,
                    "/r/" + token,
                    "/r/" + token + "/badge.svg",
                    "/r/" + token + "/report.json",
                    "/r/" + token + "/report.html");
        }
    }

    private Shared share() {
        TestUser owner = user(Plan.PRO);
        String id = owner.client()
                .post("/api/scan", "{\"url\": \"example.com\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
        String token = owner.client()
                .post("/api/scan/" + id + "/share")
                .assertStatus(200)
                .json()
                .get("token")
                .asString();
        return new Shared(owner, id, token);
    }

    @Test
    void unchangedReportIsNotSentAgain() {
        for (String path : share().paths()) {
            TestResponse first = anonymous().get(path).assertStatus(200);
            assertEquals("no-cache", first.header("Cache-Control"), path);
            TestResponse again = anonymous()
                    .withHeader("If-None-Match", first.header("ETag"))
                    .get(path)
                    .assertStatus(304);
            assertEquals("", again.body(), path);
            assertEquals(
                    first.body(),
                    anonymous()
                            .withHeader("If-None-Match", "\"other\"")
                            .get(path)
                            .body(),
                    path);
        }
    }

    @Test
    void representationsHaveDifferentTags() {
        Shared shared = share();
        assertEquals(
                shared.paths().size(),
                shared.paths().stream()
                        .map(path -> anonymous().get(path).header("ETag"))
                        .distinct()
                        .count());
    }

    @Test
    void compressedResponseIsSentOnlyIfItIsAccepted() {
        for (String path : share().paths()) {
            assertNull(anonymous().get(path).header("Content-Encoding"), path);
            assertNull(anonymous()
                    .withHeader("Accept-Encoding", "gzip;q=0, br")
                    .get(path)
                    .header("Content-Encoding"));
            TestResponse compressed =
                    anonymous().withHeader("Accept-Encoding", "br, gzip").get(path);
            assertEquals("gzip", compressed.assertStatus(200).header("Content-Encoding"), path);
            assertTrue(String.valueOf(compressed.header("Vary")).contains("Accept-Encoding"), path);
        }
    }

    @Test
    void revokedLinkEndsAtOnceAlsoForCachedResponses() {
        Shared shared = share();
        Map<String, String> tags = new HashMap<>();
        shared.paths().forEach(path -> tags.put(path, anonymous().get(path).header("ETag")));
        shared.owner()
                .client()
                .delete("/api/scan/" + shared.scanId() + "/share")
                .assertStatus(200);
        tags.forEach((path, tag) ->
                anonymous().withHeader("If-None-Match", tag).get(path).assertStatus(404));
    }

    @Test
    void loggedInVisitorSeesTheOwnNavigation() {
        Shared shared = share();
        String page = shared.owner()
                .client()
                .get("/r/" + shared.token())
                .assertStatus(200)
                .body();
        assertTrue(page.contains("Log out"), page);
        String other = anonymous().get("/r/" + shared.token()).assertStatus(200).body();
        assertFalse(other.contains("Log out"), other);
        assertTrue(other.contains("Log in"), other);
    }

    @Test
    void pageNamesTheHostOfTheRequest() {
        Shared shared = share();
        String one = anonymous()
                .withHeader("X-Forwarded-Host", "one.example.com")
                .get("/r/" + shared.token())
                .body();
        String two = anonymous()
                .withHeader("X-Forwarded-Host", "two.example.com")
                .get("/r/" + shared.token())
                .body();
        assertFalse(two.contains("one.example.com"), two);
        assertFalse(one.contains("two.example.com"), one);
    }

    @Test
    void requestsOfAnAddressAreLimited() {
        Shared shared = share();
        clock().set(Instant.parse("2030-06-01T12:00:00Z"));
        TestClient client = anonymous();
        int served = 0;
        TestResponse last = client.get("/api/r/" + shared.token());
        while (last.status() == 200 && served <= 3 * SharedReportLimiter.MAX_PER_MINUTE) {
            served++;
            last = client.get("/api/r/" + shared.token());
        }
        last.assertError(429, "rate_limited");
        assertTrue(served >= SharedReportLimiter.MAX_PER_MINUTE, served + " requests");
        assertTrue(Integer.parseInt(last.header("Retry-After")) <= 60, last.header("Retry-After"));
        anonymous().get("/api/r/" + shared.token()).assertStatus(200);
        clock().advance(Duration.ofMinutes(1));
        client.get("/api/r/" + shared.token()).assertStatus(200);
    }
}
