package dev.websentry.engine.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.engine.observation.SiteObservations.InformationalResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.SetCookie;
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

    private static HttpExchange get(String path, int status, String type, String body) {
        return ObservedSite.get(
                SITE + path, ObservedSite.response(status, List.of(new Header("Content-Type", type)), body));
    }

    private static String type(String path) {
        return path.endsWith(".php") || path.equals("/server-status")
                ? "text/html"
                : path.startsWith("/actuator") ? "application/json" : "text/plain";
    }

    private static LeakageResponses leakage(List<HttpExchange> paths, HttpExchange trace) {
        HttpExchange missing = get("/nothing-here", 404, "text/html", "Not found");
        return new LeakageResponses(
                new NotFoundBaseline(List.of(missing, missing), get("/", 200, "text/html", "Welcome to our shop")),
                paths,
                missing,
                List.of(),
                new InformationalResponses(missing, trace));
    }

    private static ScanObservations with(HttpExchange... paths) {
        HttpExchange trace = get("/", 405, "text/plain", "");
        return ObservedSite.page()
                .leakage(Observation.seen(leakage(List.of(paths), trace)))
                .observations();
    }

    private static CheckVerdict sensitivePaths(ScanObservations seen) {
        return CheckCatalog.standard().evaluate(seen).stream()
                .filter(judged -> judged.definition().id().equals("server.sensitive-paths"))
                .map(EvaluatedCheck::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static void assertRedactedWithSameReport(ScanObservations seen, String... secrets) {
        String text = RecordingRoundTrip.toJson(seen, secrets);
        assertFalse(text.contains(SECRET), text);
        assertEquals(
                RecordingRoundTrip.reportJson(seen),
                RecordingRoundTrip.reportJson(RecordingRoundTrip.fromJson(text).observations()));
    }

    @Test
    void everySensitivePathIsCovered() {
        assertEquals(new HashSet<>(SensitivePaths.ALL), FILES.keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 206})
    void exposedFileIsRecordedAsASampleWithTheSameVerdict(int status) {
        List<HttpExchange> all = new ArrayList<>();
        FILES.forEach((path, body) -> {
            HttpExchange open = get(path, status, type(path), body);
            String value = sensitivePaths(with(open)).value();
            assertTrue(value.startsWith("Publicly accessible"), path + ": " + value);
            assertRedactedWithSameReport(with(open));
            all.add(open);
        });
        assertRedactedWithSameReport(with(all.toArray(HttpExchange[]::new)));
    }

    @Test
    void unrecognizedFileIsMasked() {
        for (String body : List.of("password: " + SECRET, "<x>" + SECRET + "</x>", SECRET, "0123\n" + SECRET)) {
            for (String path : SensitivePaths.ALL) {
                ScanObservations seen = with(get(path, 200, type(path), body));
                assertTrue(sensitivePaths(seen).value().startsWith("None of the 1"), path);
                assertRedactedWithSameReport(seen);
            }
        }
    }

    @Test
    void responseOfAnOrdinaryPageIsKept() {
        String text = RecordingRoundTrip.toJson(with(
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
                SetCookie.parse(cookie, ObservedSite.NOW),
                SetCookie.parse(TextMask.maskSetCookie(cookie), ObservedSite.NOW),
                cookie);
        assertRedactedWithSameReport(
                ObservedSite.page().header("Set-Cookie", cookie).observations());
    }

    @Test
    void maskedCookieKeepsItsLengthInOctets() {
        for (int length : List.of(4000, 4092, 4093, 4094, 5000)) {
            for (String filling : List.of("a", "\u00e4", "\u4e2d")) {
                String cookie = "sid=" + filling.repeat(length / filling.getBytes(StandardCharsets.UTF_8).length);
                assertEquals(
                        SetCookie.parse(cookie, ObservedSite.NOW),
                        SetCookie.parse(TextMask.maskSetCookie(cookie), ObservedSite.NOW),
                        filling + length);
            }
        }
    }

    @Test
    void credentialFieldsOfRequestsAndResponsesAreMasked() {
        HttpExchange.Response answer = ObservedSite.response(
                200,
                List.of(
                        new Header("Content-Type", "text/html"),
                        new Header("X-Auth-Token", SECRET),
                        new Header("x-csrf-token", SECRET),
                        new Header("Access-Control-Allow-Headers", "Authorization")),
                "hello");
        HttpExchange request = new HttpExchange(
                "GET",
                HttpUrl.get(SITE + "/"),
                List.of(
                        new Header("Cookie", "sid=" + SECRET),
                        new Header("Authorization", "Bearer " + SECRET),
                        new Header("X-Anything", SECRET),
                        new Header("Origin", "https://origin.test")),
                answer);
        ScanObservations seen = ObservedSite.page()
                .entry(Observation.seen(ObservedSite.chain(request)))
                .observations();
        assertRedactedWithSameReport(seen);
        String text = RecordingRoundTrip.toJson(seen);
        assertTrue(text.contains("https://origin.test"), text);
        assertTrue(text.contains("\"Authorization\"\n") || text.contains("\"value\" : \"Authorization\""), text);
    }

    @Test
    void credentialsInALocationAreNeitherReportedNorRecorded() {
        HttpExchange hop = ObservedSite.get(
                SITE + "/", ObservedSite.redirect(302, "https://user:" + SECRET + "@www.example.com/in"));
        ScanObservations seen = ObservedSite.page()
                .entry(Observation.seen(new RedirectChain(
                        List.of(hop, get("/in", 200, "text/html", "hello")), RedirectChain.RedirectChainEnd.ANSWERED)))
                .observations();
        assertRedactedWithSameReport(seen);
        assertFalse(RecordingRoundTrip.reportJson(seen).contains(SECRET));
        assertTrue(RecordingRoundTrip.reportJson(seen).contains("Location: https://...@www.example.com/in"));
    }

    @Test
    void echoedTraceRequestIsRecordedWithoutItsFields() {
        HttpExchange trace = new HttpExchange(
                "TRACE",
                HttpUrl.get(SITE + "/"),
                List.of(),
                ObservedSite.response(200, List.of(), "TRACE / HTTP/1.1\r\nX-Proxy-Auth: " + SECRET + "\r\n"));
        ScanObservations seen = ObservedSite.page()
                .leakage(Observation.seen(leakage(List.of(), trace)))
                .observations();
        assertTrue(RecordingRoundTrip.reportJson(seen).contains("TRACE echoes the request"));
        assertRedactedWithSameReport(seen);
    }

    @Test
    void secretSentByTheScanIsMaskedWhereverTheSiteRepeatsIt() {
        ScanObservations seen = ObservedSite.page()
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
        return KnownSecrets.of(options, Target.parse(SITE)).stream()
                .filter(secret -> !secret.endsWith(";"))
                .collect(Collectors.toSet());
    }
}
