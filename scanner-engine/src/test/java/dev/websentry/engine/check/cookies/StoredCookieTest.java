package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How verdicts and evidence show cookies. */
class StoredCookieTest {
    private static StoredCookie cookie(String line) {
        return new StoredCookie(
                SetCookie.parse(line, ObservedSite.NOW).orElseThrow(), HttpUrl.get("https://a.org/in?ticket=hunter2"));
    }

    private static List<StoredCookie> cookies(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> cookie("c" + i + "=1"))
                .toList();
    }

    /** Evidence contains neither the cookie's value nor the URL's query, which can also be secret. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sid=hunter2 | sid=... (set by https://a.org/in)",
                "sid=hunter2; Domain=.A.org; Path=/x; Secure; HttpOnly; SameSite=lax | sid=...; Domain=a.org; Path=/x; Secure; HttpOnly; SameSite=lax (set by https://a.org/in)",
                "hunter2; Secure | (no name)=...; Secure (set by https://a.org/in)"
            })
    void evidenceContainsAttributesButNoSecrets(String line, String evidence) {
        assertEquals(evidence, cookie(line).evidence());
    }

    @Test
    void evidenceIsCutTo300Characters() {
        String bare = "sid=...; Path=/ (set by https://a.org/in)";
        String path = "x".repeat(300 - bare.length());
        String whole = bare.replace("Path=/", "Path=/" + path);
        assertEquals(whole, cookie("sid=1; Path=/" + path).evidence());
        assertEquals(
                whole.replace(path, path + "x").substring(0, 297) + "...",
                cookie("sid=1; Path=/" + path + "x").evidence());
    }

    @Test
    void namesAreCutTo60Characters() {
        String longest = "n".repeat(60);
        assertEquals(longest, cookie(longest + "=1").name());
        assertEquals("n".repeat(57) + "...", cookie(longest + "n=1").name());
    }

    @Test
    void atMostFiveDistinctNamesAreShownInOrder() {
        List<StoredCookie> unordered = Stream.of("b=1", "a=1", "b=1; Path=/x")
                .map(StoredCookieTest::cookie)
                .toList();
        assertEquals("a, b", StoredCookie.names(unordered));
        assertEquals("c1, c2, c3, c4, c5", StoredCookie.names(cookies(5)));
        assertEquals("c1, c2, c3, c4, c5 and 1 more", StoredCookie.names(cookies(6)));
    }

    @Test
    void evidenceShowsTwelveCookiesAndTheNumberOfTheOthers() {
        List<String> twelve = CookieCheck.evidence(cookies(12));
        assertEquals(cookies(12).stream().map(StoredCookie::evidence).toList(), twelve);
        List<String> thirteen = CookieCheck.evidence(cookies(13));
        assertEquals(twelve, thirteen.subList(0, 12));
        assertEquals(List.of("and 1 more"), thirteen.subList(12, thirteen.size()));
    }
}
