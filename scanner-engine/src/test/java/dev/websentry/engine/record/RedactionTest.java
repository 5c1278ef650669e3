package dev.websentry.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SensitivePaths;
import dev.websentry.engine.observe.SiteObservations.Announced;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.SetCookie;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that recordings contain no secrets, and that the redaction does not change the results of the checks. */
class RedactionTest {
    private static final String SITE = "https://www.example.com";
    private static final String SECRET = "hunter2butlonger";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/.git/HEAD", "ref: refs/heads/" + SECRET + "\n"),
            Map.entry(
                    "/.git/config",
                    "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://u:" + SECRET + "@git\n"),
            Map.entry("/.env", "APP_ENV=prod\nDB_PASSWORD=" + SECRET + "\n"),
            Map.entry("/.aws/credentials", "[default]\naws_secret_access_key = " + SECRET + "\n"),
            Map.entry("/WEB-INF/web.xml", "<web-app version=\"3\"><param-value>" + SECRET + "</param-value></web-app>"),
            Map.entry(
                    "/actuator",
                    "{\"_links\":{\"self\":{\"href\":\"" + SECRET + "\"},\"heapdump\":{\"href\":\"/h\"}}}"),
            Map.entry("/actuator/env", "{\"propertySources\":[{\"name\":\"" + SECRET + "\"}]}"),
            Map.entry("/id_rsa", key("RSA ")),
            Map.entry("/.ssh/id_rsa", key("OPENSSH ")),
            Map.entry("/server.key", key("")),
            Map.entry("/privkey.pem", key("EC ")),
            Map.entry("/backup.sql", "CREATE TABLE `users` (id int);\nINSERT INTO users VALUES ('" + SECRET + "');\n"),
            Map.entry("/dump.sql", "-- PostgreSQL database dump\nINSERT INTO users VALUES ('" + SECRET + "');\n"),
            Map.entry("/database.sql", "INSERT INTO `users` VALUES ('" + SECRET + "');\n"),
            Map.entry("/backup.zip", "PK\u0003\u0004" + SECRET),
            Map.entry("/server-status", "<title>Apache Status</title><td>GET /?token=" + SECRET + "</td>"),
            Map.entry("/phpinfo.php", "<title>PHP 8.1 - phpinfo()</title><td>DB_PASSWORD</td><td>" + SECRET + "</td>"),
            Map.entry("/info.php", "<h1 class=\"p\">PHP Version 8.1</h1><td>" + SECRET + "</td>"),
            Map.entry("/.DS_Store", "\u0000\u0000\u0000\u0001Bud1" + SECRET),
            Map.entry("/.svn/entries", "10\n\ndir\n1\nhttps://svn/" + SECRET + "\n"));

    private static String key(String kind) {
        return "-----BEGIN " + kind + "PRIVATE KEY-----\n" + SECRET + "\n-----END " + kind + "PRIVATE KEY-----\n";
    }

    private static Exchange get(String path, int status, String type, String body) {
        return SeenSite.get(SITE + path, SeenSite.response(status, List.of(new Header("Content-Type", type)), body));
    }

    private static String type(String path) {
        return path.endsWith(".php") || path.equals("/server-status")
                ? "text/html"
                : path.startsWith("/actuator") ? "application/json" : "text/plain";
    }

    private static LeakageAnswers leakage(List<Exchange> paths, Exchange trace) {
        Exchange missing = get("/nothing-here", 404, "text/html", "Not found");
        return new LeakageAnswers(
                new Ordinary(List.of(missing, missing), get("/", 200, "text/html", "Welcome to our shop")),
                paths,
                missing,
                List.of(),
                new Announced(missing, trace));
    }

    private static Observations with(Exchange... paths) {
        Exchange trace = get("/", 405, "text/plain", "");
        return SeenSite.page()
                .leakage(Observed.seen(leakage(List.of(paths), trace)))
                .observations();
    }

    private static Verdict sensitivePaths(Observations seen) {
        return Catalogue.standard().judge(seen).stream()
                .filter(judged -> judged.definition().id().equals("server.sensitive-paths"))
                .map(Judged::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static void assertRedactedWithSameReport(Observations seen, String... secrets) {
        String text = Rerecorded.text(seen, secrets);
        assertFalse(text.contains(SECRET), text);
        assertEquals(
                Rerecorded.report(seen), Rerecorded.report(Rerecorded.read(text).observations()));
    }

    @Test
    void everySensitivePathIsCovered() {
        assertEquals(new HashSet<>(SensitivePaths.ALL), FILES.keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 206})
    void exposedFileIsRecordedAsASampleWithTheSameVerdict(int status) {
        List<Exchange> all = new ArrayList<>();
        FILES.forEach((path, body) -> {
            Exchange open = get(path, status, type(path), body);
            String value = sensitivePaths(with(open)).value();
            assertTrue(value.startsWith("Publicly accessible"), path + ": " + value);
            assertRedactedWithSameReport(with(open));
            all.add(open);
        });
        assertRedactedWithSameReport(with(all.toArray(Exchange[]::new)));
    }

    @Test
    void unrecognizedFileIsMasked() {
        for (String body : List.of("password: " + SECRET, "<x>" + SECRET + "</x>", SECRET, "0123\n" + SECRET)) {
            for (String path : SensitivePaths.ALL) {
                Observations seen = with(get(path, 200, type(path), body));
                assertTrue(sensitivePaths(seen).value().startsWith("None of the 1"), path);
                assertRedactedWithSameReport(seen);
            }
        }
    }

    @Test
    void responseOfAnOrdinaryPageIsKept() {
        String text = Rerecorded.text(with(
                get("/.env", 200, "text/html", "Welcome to our shop"), get("/id_rsa", 403, "text/html", "Go away")));
        assertTrue(text.contains("Go away"), text);
        assertEquals(3, text.split("Welcome to our shop", -1).length, "at / and at /.env");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sid=SECRET; Secure; HttpOnly; SameSite=Lax; Path=/",
                "__Host-sid=SECRET; Secure; Path=/",
                "SECRET",
                "=SECRET; Secure",
                "sid=SECRET;SECRET; Comment=SECRET; httponly",
                "sid= \"SECRET SECRET\" ; max-age=60; Domain=.example.com",
                "sid=SECRET; Max-Age=0; Path=relative",
                "sid=SECRET=SECRET; expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "sid=SECRET\u0001; Secure",
                "sid=SECRET\u00e4\u4e2d; Secure"
            })
    void cookieIsMaskedButParsedAsBefore(String line) {
        String cookie = line.replace("SECRET", SECRET);
        assertEquals(
                SetCookie.parse(cookie, SeenSite.NOW), SetCookie.parse(Masks.cookie(cookie), SeenSite.NOW), cookie);
        assertRedactedWithSameReport(
                SeenSite.page().header("Set-Cookie", cookie).observations());
    }

    @Test
    void maskedCookieKeepsItsLengthInOctets() {
        for (int length : List.of(4000, 4092, 4093, 4094, 5000)) {
            for (String filling : List.of("a", "\u00e4", "\u4e2d")) {
                String cookie = "sid=" + filling.repeat(length / filling.getBytes(StandardCharsets.UTF_8).length);
                assertEquals(
                        SetCookie.parse(cookie, SeenSite.NOW),
                        SetCookie.parse(Masks.cookie(cookie), SeenSite.NOW),
                        filling + length);
            }
        }
    }

    @Test
    void credentialFieldsOfRequestsAndResponsesAreMasked() {
        Exchange.Response answer = SeenSite.response(
                200,
                List.of(
                        new Header("Content-Type", "text/html"),
                        new Header("X-Auth-Token", SECRET),
                        new Header("x-csrf-token", SECRET),
                        new Header("Access-Control-Allow-Headers", "Authorization")),
                "hello");
        Exchange request = new Exchange(
                "GET",
                HttpUrl.get(SITE + "/"),
                List.of(
                        new Header("Cookie", "sid=" + SECRET),
                        new Header("Authorization", "Bearer " + SECRET),
                        new Header("X-Anything", SECRET),
                        new Header("Origin", "https://origin.test")),
                answer);
        Observations seen =
                SeenSite.page().entry(Observed.seen(SeenSite.chain(request))).observations();
        assertRedactedWithSameReport(seen);
        String text = Rerecorded.text(seen);
        assertTrue(text.contains("https://origin.test"), text);
        assertTrue(text.contains("\"Authorization\"\n") || text.contains("\"value\" : \"Authorization\""), text);
    }

    @Test
    void credentialsInALocationAreNeitherReportedNorRecorded() {
        Exchange hop =
                SeenSite.get(SITE + "/", SeenSite.redirect(302, "https://user:" + SECRET + "@www.example.com/in"));
        Observations seen = SeenSite.page()
                .entry(Observed.seen(
                        new Chain(List.of(hop, get("/in", 200, "text/html", "hello")), Chain.End.ANSWERED)))
                .observations();
        assertRedactedWithSameReport(seen);
        assertFalse(Rerecorded.report(seen).contains(SECRET));
        assertTrue(Rerecorded.report(seen).contains("Location: https://...@www.example.com/in"));
    }

    @Test
    void echoedTraceRequestIsRecordedWithoutItsFields() {
        Exchange trace = new Exchange(
                "TRACE",
                HttpUrl.get(SITE + "/"),
                List.of(),
                SeenSite.response(200, List.of(), "TRACE / HTTP/1.1\r\nX-Proxy-Auth: " + SECRET + "\r\n"));
        Observations seen = SeenSite.page()
                .leakage(Observed.seen(leakage(List.of(), trace)))
                .observations();
        assertTrue(Rerecorded.report(seen).contains("TRACE echoes the request"));
        assertRedactedWithSameReport(seen);
    }

    @Test
    void secretSentByTheScanIsMaskedWhereverTheSiteRepeatsIt() {
        Observations seen = SeenSite.page()
                .header("X-Echo", "you said " + SECRET)
                .body("<!doctype html><p>Hello " + SECRET + "</p>")
                .observations();
        assertRedactedWithSameReport(seen, SECRET);
    }

    @Test
    void secretsAreHeaderValuesAndTheirCredentials() {
        assertEquals(
                Set.of("Bearer " + SECRET, SECRET),
                secrets("Authorization: Bearer " + SECRET, "Accept-Language: something-long", "X-Short: abc"));
        assertEquals(Set.of("a=" + SECRET + "; b=c", "a=" + SECRET, SECRET), secrets("Cookie: a=" + SECRET + "; b=c"));
        assertTrue(secrets("Authorization: Basic dXNlcjpodW50ZXIyYnV0bG9uZ2Vy").contains(SECRET));
        assertEquals(Set.of(), secrets("X-Site: www.example.com"), "part of the target");
    }

    private static Set<String> secrets(String... lines) {
        ScanOptions options = ScanOptions.builder()
                .headers(List.of(lines).stream().map(Header::parse).toList())
                .build();
        return Secrets.of(options, Target.parse(SITE)).stream()
                .filter(secret -> !secret.endsWith(";"))
                .collect(Collectors.toSet());
    }
}
