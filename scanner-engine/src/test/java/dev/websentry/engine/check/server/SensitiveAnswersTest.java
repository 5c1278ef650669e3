package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.server.Signatures.Signature;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.SensitivePaths;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SensitiveAnswersTest {
    static Stream<String> paths() {
        return SensitivePaths.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void eachSampleMatchesItsSignature(String path) {
        Signature signature = Signatures.BY_PATH.get(path);
        boolean matches = Stream.of("text/html; charset=utf-8", "application/json", "text/plain")
                .anyMatch(type -> signature.matches(Leak.answer(200, type, signature.specimen())));
        assertTrue(matches, signature.specimen());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/.env | text/plain | APP_KEY=hunter2 | APP_SECRET_LEFT_OUT=",
                "/.env | text/plain | a Secret 42! | x xxxxxx 00!",
                "/.env | text/html | APP_KEY=x | xxx_xxx=x",
                "/.env | image/png | APP_KEY=x | xxx_xxx=x",
                "/actuator/env | application/json | {\"propertySources\":[1]} | {\"propertySources\":[]}",
                "/actuator/env | application/vnd.spring-boot+json | {\"propertySources\":[1]} | {\"propertySources\":[]}",
                "/actuator/env | text/plain | {\"propertySources\":[1]} | {\"xxxxxxxxxxxxxxx\":[0]}",
                "/actuator | application/json | {\"_links\":{\"self\":{\"a\":1}}} | {\"_links\":{\"self\":{}}}",
                "/actuator | application/json | {\"_links\":{\"self\":{},\"heapdump\":{\"a\":1}}} | {\"_links\":{\"self\":{},\"heapdump\":{}}}",
                "/elsewhere | text/plain | key 7 | xxx 0"
            })
    void secretsAreReplaced(String path, String type, String body, String redacted) {
        Response answer = Leak.answer(200, type, body);
        assertEquals(
                redacted,
                SensitiveAnswers.besidesNothing()
                        .withoutSecrets(url(path), answer)
                        .strip());
    }

    @Test
    void bodiesWithoutSecretsAreKept() {
        SensitiveAnswers answers = SensitiveAnswers.besidesNothing();
        assertEquals(
                "not found 42", answers.withoutSecrets(url("/.env"), Leak.answer(404, "text/html", "not found 42")));
        assertEquals("see there 1", answers.withoutSecrets(url("/.env"), Leak.answer(300, "text/html", "see there 1")));
        assertEquals(" ", answers.withoutSecrets(url("/.env"), Leak.answer(200, "text/html", " ")));
        assertEquals("xx 0", answers.withoutSecrets(url("/.env"), Leak.answer(299, "text/html", "ab 1")));
    }

    @Test
    void soft404BodiesAreKept() {
        Ordinary ordinary = new Ordinary(
                List.of(SeenSite.get(Leak.SITE + "/canary", Leak.answer(200, "text/html", "Welcome!"))),
                SeenSite.get(Leak.SITE + "/", Leak.answer(404, "text/html", "none")));
        SensitiveAnswers answers = SensitiveAnswers.besides(ordinary);
        assertEquals("Welcome!", answers.withoutSecrets(url("/.env"), Leak.answer(200, "text/html", "Welcome!")));
        assertEquals("xxxxxxx!", answers.withoutSecrets(url("/.env"), Leak.answer(200, "text/html", "Goodbye!")));
    }

    private static HttpUrl url(String path) {
        return HttpUrl.get(Leak.SITE + path);
    }
}
