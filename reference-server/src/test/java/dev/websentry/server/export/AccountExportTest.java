package dev.websentry.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestSites;
import dev.websentry.server.token.SecureTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class AccountExportTest extends EndpointTest {
    @Test
    void archiveContainsTheDataOfTheOwnAccountWithoutSecrets() throws Exception {
        TestUser user = user(Plan.PRO);
        TestUser other = user(Plan.PRO);
        String key = newApiKey(user);
        String scan = scan(user);
        String foreign = scan(other);
        String secret = user.client()
                .send(
                        "PUT",
                        "/api/webhook",
                        "application/json",
                        BodyPublishers.ofString("{\"url\": \"https://hooks.example.com/x\"}"))
                .json()
                .get("secret")
                .asString();
        HttpResponse<byte[]> response = download(user);
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/zip", response.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(response.headers()
                .firstValue("Content-Disposition")
                .orElseThrow()
                .startsWith("attachment; filename=\"websentry-account.zip\""));
        Map<String, String> files = unzip(response.body());
        assertEquals(
                Set.of(
                        "account.json",
                        "email.json",
                        "keys.json",
                        "monitors.json",
                        "webhook.json",
                        "scans/" + scan + ".json"),
                files.keySet());
        assertTrue(files.get("account.json").contains(user.email()));
        assertEquals(user.client().get("/api/scan/" + scan + "/json").body(), files.get("scans/" + scan + ".json"));
        String all = String.join("\n", files.values());
        for (String hidden : new String[] {key, secret, foreign, other.email(), PASSWORD}) {
            assertFalse(all.contains(hidden), hidden);
        }
        for (String json : files.values()) {
            JsonMapper.shared().readTree(json);
        }
    }

    @Test
    void everyScanOfSeveralPagesIsIncluded() throws Exception {
        TestUser user = user(Plan.PRO);
        String scan = scan(user);
        int copies = 250;
        for (int i = 0; i < copies; i++) {
            copy(scan, i == 0);
        }
        Map<String, String> files = unzip(download(user).body());
        Set<String> scans = files.keySet().stream()
                .filter(name -> name.startsWith("scans/"))
                .collect(Collectors.toSet());
        assertEquals(copies + 1, scans.size());
        assertEquals(
                1,
                files.values().stream()
                        .filter(json -> json.contains("does not respond"))
                        .count());
    }

    /** The archive is written while it is read: nothing of it is kept, and a reader that stops stops the export. */
    @Test
    void archiveIsStreamed() throws Exception {
        TestUser user = user(Plan.PRO);
        String scan = scan(user);
        for (int i = 0; i < 50; i++) {
            copy(scan, false);
        }
        Account account = account(user.email());
        PipedInputStream in = new PipedInputStream(1024);
        OutputStream out = new PipedOutputStream(in);
        Throwable[] end = new Throwable[1];
        Thread writer = new Thread(() -> {
            try {
                server().get(AccountExport.class).write(account, out);
            } catch (IOException e) {
                end[0] = e;
            }
        });
        writer.start();
        ZipInputStream zip = new ZipInputStream(in);
        assertEquals("account.json", zip.getNextEntry().getName());
        zip.close();
        writer.join(60_000);
        assertFalse(writer.isAlive());
        assertTrue(end[0] instanceof IOException, String.valueOf(end[0]));
    }

    @Test
    void exportRequiresASessionAndIsLimited() throws Exception {
        clock().advanceToNextHour();
        anonymous().get("/account/export").assertStatus(401);
        TestUser user = user(Plan.PRO);
        for (int i = 0; i < 10; i++) {
            assertEquals(200, download(user).statusCode());
        }
        assertEquals(429, download(user).statusCode());
    }

    private static String scan(TestUser user) {
        return user.client()
                .post("/api/scan", "{\"url\": \"" + TestSites.GOOD + "\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
    }

    private void copy(String scan, boolean failed) {
        server().get(JdbcClient.class)
                .sql("INSERT INTO scan (id, account_id, url, site, state, grade, score, results, error, error_code,"
                        + " created_at) SELECT :id, account_id, url, site, :state, grade, score, results, :error,"
                        + " :code, created_at - 1000 FROM scan WHERE id = :scan")
                .param("id", SecureTokens.newId())
                .param("state", failed ? "failed" : "done")
                .param("error", failed ? "the site does not respond" : null)
                .param("code", failed ? "unreachable" : null)
                .param("scan", scan)
                .update();
    }

    private HttpResponse<byte[]> download(TestUser user) throws Exception {
        String cookie = user.client().cookie("session").orElseThrow().toString();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server().url() + "/account/export"))
                                .header("Cookie", cookie)
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    private static Map<String, String> unzip(byte[] archive) {
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = new ByteArrayInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
