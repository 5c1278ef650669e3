package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports never change, so that a client with the entity tag needs no second copy. */
class ConditionalReportTest extends EndpointTest {
    @Test
    void unchangedReportIsNotSentAgain() {
        TestUser owner = user(Plan.PRO);
        TestClient client = apiClient(owner);
        String path = scan(client);
        TestResponse full = client.get(path).assertStatus(200);
        String tag = full.header("ETag");
        assertTrue(tag.startsWith("W/\""), tag);
        assertEquals("no-cache, private", full.header("Cache-Control"));
        TestResponse unchanged =
                client.withHeader("If-None-Match", tag).get(path).assertStatus(304);
        assertEquals("", unchanged.body());
        assertEquals(tag, unchanged.header("ETag"));
        TestResponse other =
                client.withHeader("If-None-Match", "W/\"other\"").get(path).assertStatus(200);
        assertEquals(full.body(), other.body());
    }

    @Test
    void tagGivesNoAccessToTheReportsOfOthers() {
        TestClient client = apiClient(user(Plan.PRO));
        String path = scan(client);
        String tag = client.get(path).header("ETag");
        apiClient(user(Plan.PRO)).withHeader("If-None-Match", tag).get(path).assertError(404, "not_found");
        anonymous().withHeader("If-None-Match", tag).get(path).assertError(401, "unauthorized");
        TestResponse missing = apiClient(user(Plan.PRO))
                .withHeader("If-None-Match", "*")
                .get("/api/scan/00000000000000000000000000000000/json")
                .assertError(404, "not_found");
        assertNull(missing.header("ETag"));
    }

    /** The stored report is not decompressed and compressed again. */
    @Test
    void compressedReportIsTheStoredOne() throws Exception {
        TestUser owner = user(Plan.PRO);
        TestClient client = apiClient(owner);
        String path = scan(client);
        TestResponse full = client.get(path).assertStatus(200);
        assertNull(full.header("Content-Encoding"));
        // Tomcat writes it in lower case where it could have compressed the response.
        assertEquals("accept-encoding", full.header("Vary").toLowerCase(Locale.ROOT));

        HttpResponse<byte[]> compressed = getCompressed(owner, path);
        assertEquals(List.of("Accept-Encoding"), compressed.headers().allValues("Vary"));
        assertEquals(
                full.header("ETag"), compressed.headers().firstValue("ETag").orElseThrow());
        assertEquals(full.body(), new String(Gzip.decompress(compressed.body()), StandardCharsets.UTF_8));
        // All of the stored stream but its header and its end.
        String stored = latin1(stored(path));
        assertTrue(latin1(compressed.body()).contains(stored.substring(10, stored.length() - 10)));

        TestResponse refused =
                client.withHeader("Accept-Encoding", "gzip;q=0").get(path).assertStatus(200);
        assertNull(refused.header("Content-Encoding"));
        assertEquals(full.body(), refused.body());
    }

    /** Reports of earlier versions are stored in streams that cannot be continued. */
    @Test
    void reportOfAnEarlierVersionIsStillCompressed() throws Exception {
        TestUser owner = user(Plan.PRO);
        TestClient client = apiClient(owner);
        String path = scan(client);
        String full = client.get(path).body();
        ByteArrayOutputStream earlier = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(earlier)) {
            gzip.write(Gzip.decompress(stored(path)));
        }
        server().get(JdbcClient.class)
                .sql("UPDATE scan SET results = :results WHERE id = :id")
                .param("results", earlier.toByteArray())
                .param("id", id(path))
                .update();
        assertEquals(full, new String(Gzip.decompress(getCompressed(owner, path).body()), StandardCharsets.UTF_8));
        assertEquals(full, client.get(path).body());
    }

    private HttpResponse<byte[]> getCompressed(TestUser owner, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server().url().resolve(path))
                .header("Accept-Encoding", "br, gzip")
                .header("Authorization", newApiKey(owner))
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElseThrow());
        return response;
    }

    private byte[] stored(String path) {
        return server().get(JdbcClient.class)
                .sql("SELECT results FROM scan WHERE id = :id")
                .param("id", id(path))
                .query(byte[].class)
                .single();
    }

    private static String id(String path) {
        return path.split("/")[3];
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String scan(TestClient client) {
        String id = client.post("/api/scan", "{\"url\": \"" + TestSites.BAD + "\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
        return "/api/scan/" + id + "/json";
    }
}
