package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.dns.ObservedDns;
import dev.websentry.engine.check.ssl.ObservedTls;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tests over all checks that an additional mistake never increases the score of a site. */
class ScoreMonotonicityTest {
    private static final String CSP = "Content-Security-Policy";

    private static final TlsObservations TLS = ObservedTls.good().observations().tls();
    private static final DnsObservations DNS = ObservedDns.zone(
                    "example.com TXT v=spf1 -all | _dmarc.example.com TXT v=DMARC1; p=reject")
            .observations();

    /** A header field with good and bad values; an empty value omits the field. */
    private record FieldChoice(String name, List<String> values) {}

    private static final List<FieldChoice> CHOICES = List.of(
            new FieldChoice(
                    "Strict-Transport-Security",
                    List.of("max-age=63072000; includeSubDomains; preload", "max-age=300", "")),
            new FieldChoice(
                    CSP,
                    List.of(
                            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
                            "script-src 'nonce-YWJjZGVmZ2hpams=' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
                            "default-src * 'unsafe-inline'",
                            "frame-ancestors 'self'",
                            "")),
            new FieldChoice("X-Frame-Options", List.of("DENY", "ALLOWALL", "")),
            new FieldChoice("X-Content-Type-Options", List.of("nosniff", "none", "")),
            new FieldChoice("Referrer-Policy", List.of("no-referrer", "unsafe-url", "")),
            new FieldChoice("Permissions-Policy", List.of("camera=(), geolocation=()", "camera=*", "")),
            new FieldChoice(
                    "Set-Cookie",
                    List.of("__Host-sid=1; Secure; HttpOnly; Path=/; SameSite=Lax", "sid=1", "theme=dark", "")),
            new FieldChoice("Server", List.of("nginx", "nginx/1.18.0", "Apache/2.4.41 (Ubuntu) PHP/7.4", "")),
            new FieldChoice("X-Powered-By", List.of("PHP/8.1", "Express", "")));

    /** A site under construction. */
    private static final class SiteDraft {
        private final List<Header> headers = new ArrayList<>();
        private String body = "<!doctype html><title>x</title><p>hello</p>";

        SiteDraft copy() {
            SiteDraft copy = new SiteDraft();
            copy.headers.addAll(headers);
            copy.body = body;
            return copy;
        }

        boolean has(String name) {
            return headers.stream().anyMatch(header -> header.name().equals(name));
        }

        void remove(String name) {
            headers.removeIf(header -> header.name().equals(name));
        }

        void replace(String name, String value) {
            remove(name);
            headers.add(new Header(name, value));
        }

        Report grade() {
            return SiteGrader.grade(PageFuzzTargets.site(headers, body).tls(TLS).dns(DNS));
        }
    }

    private record Mistake(String name, Consumer<SiteDraft> make) {}

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("no HSTS", draft -> draft.remove("Strict-Transport-Security")),
            new Mistake("HSTS for one second", draft -> {
                if (draft.has("Strict-Transport-Security")) {
                    draft.replace("Strict-Transport-Security", "max-age=1");
                }
            }),
            new Mistake("no CSP", draft -> draft.remove(CSP)),
            new Mistake(
                    "a CSP that allows everything",
                    draft -> draft.replace(CSP, "default-src * data: 'unsafe-inline' 'unsafe-eval'")),
            new Mistake("no X-Frame-Options", draft -> draft.remove("X-Frame-Options")),
            new Mistake("no nosniff", draft -> draft.remove("X-Content-Type-Options")),
            new Mistake("unsafe-url", draft -> draft.replace("Referrer-Policy", "unsafe-url")),
            new Mistake("camera allowed for every origin", draft -> draft.replace("Permissions-Policy", "camera=*")),
            new Mistake(
                    "a session cookie without attributes",
                    draft -> draft.headers.add(new Header("Set-Cookie", "PHPSESSID=1"))),
            new Mistake(
                    "a cookie without HttpOnly",
                    draft -> draft.headers.add(new Header("Set-Cookie", "auth=1; Secure; SameSite=None"))),
            new Mistake("server versions", draft -> draft.replace("Server", "Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1")),
            new Mistake("X-Powered-By", draft -> draft.headers.add(new Header("X-Powered-By", "PHP/5.6.40"))),
            new Mistake("a script over http", draft -> draft.body += "<script src=http://a.example/x.js></script>"),
            new Mistake("an image over http", draft -> draft.body += "<img src=http://a.example/x.png>"),
            new Mistake(
                    "a third-party script without integrity",
                    draft -> draft.body += "<script src=https://a.example/x.js></script>"));

    @Test
    void additionalMistakeNeverIncreasesTheScore() {
        Random random = new Random(20260301);
        for (int round = 0; round < 30; round++) {
            SiteDraft draft = randomDraft(random);
            Report before = draft.grade();
            for (Mistake mistake : MISTAKES) {
                SiteDraft worse = draft.copy();
                mistake.make().accept(worse);
                Report after = worse.grade();
                assertTrue(
                        after.score() <= before.score() && after.rawScore() <= before.rawScore(),
                        () -> mistake.name() + " increases " + before.rawScore() + " to " + after.rawScore() + " for "
                                + draft.headers + draft.body);
            }
        }
    }

    private static SiteDraft randomDraft(Random random) {
        SiteDraft draft = new SiteDraft();
        for (FieldChoice choice : CHOICES) {
            String value = choice.values().get(random.nextInt(choice.values().size()));
            if (!value.isEmpty()) {
                draft.headers.add(new Header(choice.name(), value));
            }
        }
        return draft;
    }
}
