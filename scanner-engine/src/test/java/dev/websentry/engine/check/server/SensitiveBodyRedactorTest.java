package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.check.server.SensitiveFileSignatures.SensitiveFileSignature;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SensitiveBodyRedactorTest {
    static Stream<String> paths() {
        return SensitivePaths.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void eachSampleMatchesItsSignature(String path) {
        SensitiveFileSignature signature = SensitiveFileSignatures.BY_PATH.get(path);
        boolean matches = Stream.of("text/html; charset=utf-8", "application/json", "text/plain")
                .anyMatch(type -> signature.matches(ScriptedLeakSite.response(200, type, signature.sample())));
        assertTrue(matches, signature.sample());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/.env | text/plain | APP_KEY=hunter2 | APP_SECRET_LEFT_OUT=",
                "/.env | text/plain | a Secret 42! | x xxxxxx 00!",
                "/.env | text/html | APP_KEY=x | APP_SECRET_LEFT_OUT=",
                "/.env | image/png | APP_KEY=x | APP_SECRET_LEFT_OUT=",
                "/.env | text/plain | <p>APP_KEY=x | <x>xxx_xxx=x",
                "/actuator/env | application/json | {\"propertySources\":[1]} | {\"propertySources\":[]}",
                "/actuator/env | application/vnd.spring-boot+json | {\"propertySources\":[1]} | {\"propertySources\":[]}",
                "/actuator/env | text/plain | {\"propertySources\":[1]} | {\"propertySources\":[]}",
                "/actuator | application/json | {\"_links\":{\"self\":{\"a\":1}}} | {\"_links\":{\"self\":{}}}",
                "/actuator | application/json | {\"_links\":{\"self\":{},\"heapdump\":{\"a\":1}}} | {\"_links\":{\"self\":{},\"heapdump\":{}}}",
                "/elsewhere | text/plain | key 7 | xxx 0"
            })
    void secretsAreReplaced(String path, String type, String body, String redacted) {
        Response answer = ScriptedLeakSite.response(200, type, body);
        assertEquals(
                redacted,
                SensitiveBodyRedactor.withoutBaseline()
                        .redact(url(path), answer)
                        .strip());
    }

    @Test
    void bodiesWithoutSecretsAreKept() {
        SensitiveBodyRedactor answers = SensitiveBodyRedactor.withoutBaseline();
        assertEquals(
                "not found 42",
                answers.redact(url("/.env"), ScriptedLeakSite.response(404, "text/html", "not found 42")));
        assertEquals(
                "see there 1",
                answers.redact(url("/.env"), ScriptedLeakSite.response(300, "text/html", "see there 1")));
        assertEquals(" ", answers.redact(url("/.env"), ScriptedLeakSite.response(200, "text/html", " ")));
        assertEquals("xx 0", answers.redact(url("/.env"), ScriptedLeakSite.response(299, "text/html", "ab 1")));
    }

    @Test
    void soft404BodiesAreKept() {
        NotFoundBaseline ordinary = new NotFoundBaseline(
                List.of(ObservedSite.get(
                        ScriptedLeakSite.SITE + "/canary", ScriptedLeakSite.response(200, "text/html", "Welcome!"))),
                ObservedSite.get(ScriptedLeakSite.SITE + "/", ScriptedLeakSite.response(404, "text/html", "none")));
        SensitiveBodyRedactor answers = SensitiveBodyRedactor.withBaseline(ordinary);
        assertEquals("Welcome!", answers.redact(url("/.env"), ScriptedLeakSite.response(200, "text/html", "Welcome!")));
        assertEquals("xxxxxxx!", answers.redact(url("/.env"), ScriptedLeakSite.response(200, "text/html", "Goodbye!")));
    }

    private static HttpUrl url(String path) {
        return HttpUrl.get(ScriptedLeakSite.SITE + path);
    }
}
