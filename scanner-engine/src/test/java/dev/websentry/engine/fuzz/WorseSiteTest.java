package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.dns.SeenDns;
import dev.websentry.engine.check.ssl.SeenTls;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One more mistake never earns a site a better score, whatever it does well or badly beside: over all checks. */
class WorseSiteTest {
    private static final String CSP = "Content-Security-Policy";

    private static final TlsObservations TLS = SeenTls.good().observations().tls();
    private static final DnsObservations DNS = SeenDns.zone(
                    "example.com TXT v=spf1 -all | _dmarc.example.com TXT v=DMARC1; p=reject")
            .observations();

    /** What a site may send, good and bad; an empty value leaves the field out. */
    private record Choice(String name, List<String> values) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice(
                    "Strict-Transport-Security",
                    List.of("max-age=63072000; includeSubDomains; preload", "max-age=300", "")),
            new Choice(
                    CSP,
                    List.of(
                            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
                            "script-src 'nonce-YWJjZGVmZ2hpams=' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
                            "default-src * 'unsafe-inline'",
                            "frame-ancestors 'self'",
                            "")),
            new Choice("X-Frame-Options", List.of("DENY", "ALLOWALL", "")),
            new Choice("X-Content-Type-Options", List.of("nosniff", "none", "")),
            new Choice("Referrer-Policy", List.of("no-referrer", "unsafe-url", "")),
            new Choice("Permissions-Policy", List.of("camera=(), geolocation=()", "camera=*", "")),
            new Choice(
                    "Set-Cookie",
                    List.of("__Host-sid=1; Secure; HttpOnly; Path=/; SameSite=Lax", "sid=1", "theme=dark", "")),
            new Choice("Server", List.of("nginx", "nginx/1.18.0", "Apache/2.4.41 (Ubuntu) PHP/7.4", "")),
            new Choice("X-Powered-By", List.of("PHP/8.1", "Express", "")));

    /** A site being put together. */
    private static final class Draft {
        private final List<Header> headers = new ArrayList<>();
        private String body = "<!doctype html><title>x</title><p>hello</p>";

        Draft copy() {
            Draft copy = new Draft();
            copy.headers.addAll(headers);
            copy.body = body;
            return copy;
        }

        boolean has(String name) {
            return headers.stream().anyMatch(header -> header.name().equals(name));
        }

        void without(String name) {
            headers.removeIf(header -> header.name().equals(name));
        }

        void instead(String name, String value) {
            without(name);
            headers.add(new Header(name, value));
        }

        Report judged() {
            return JudgedSite.judge(PageTargets.site(headers, body).tls(TLS).dns(DNS));
        }
    }

    private record Mistake(String name, Consumer<Draft> make) {}

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("no HSTS", draft -> draft.without("Strict-Transport-Security")),
            new Mistake("HSTS for a second", draft -> {
                if (draft.has("Strict-Transport-Security")) {
                    draft.instead("Strict-Transport-Security", "max-age=1");
                }
            }),
            new Mistake("no CSP", draft -> draft.without(CSP)),
            new Mistake(
                    "a CSP for everything",
                    draft -> draft.instead(CSP, "default-src * data: 'unsafe-inline' 'unsafe-eval'")),
            new Mistake("no X-Frame-Options", draft -> draft.without("X-Frame-Options")),
            new Mistake("no nosniff", draft -> draft.without("X-Content-Type-Options")),
            new Mistake("unsafe-url", draft -> draft.instead("Referrer-Policy", "unsafe-url")),
            new Mistake("the camera for everybody", draft -> draft.instead("Permissions-Policy", "camera=*")),
            new Mistake("a bare session cookie", draft -> draft.headers.add(new Header("Set-Cookie", "PHPSESSID=1"))),
            new Mistake(
                    "a cookie for scripts",
                    draft -> draft.headers.add(new Header("Set-Cookie", "auth=1; Secure; SameSite=None"))),
            new Mistake("a version", draft -> draft.instead("Server", "Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1")),
            new Mistake("its technology", draft -> draft.headers.add(new Header("X-Powered-By", "PHP/5.6.40"))),
            new Mistake("a script over http", draft -> draft.body += "<script src=http://a.example/x.js></script>"),
            new Mistake("an image over http", draft -> draft.body += "<img src=http://a.example/x.png>"),
            new Mistake("a stranger's script", draft -> draft.body += "<script src=https://a.example/x.js></script>"));

    @Test
    void oneMoreMistakeNeverRaisesTheScore() {
        Random random = new Random(20260301);
        for (int round = 0; round < 30; round++) {
            Draft draft = any(random);
            Report before = draft.judged();
            for (Mistake mistake : MISTAKES) {
                Draft worse = draft.copy();
                mistake.make().accept(worse);
                Report after = worse.judged();
                assertTrue(
                        after.score() <= before.score() && after.rawScore() <= before.rawScore(),
                        () -> mistake.name() + " raises " + before.rawScore() + " to " + after.rawScore() + " for "
                                + draft.headers + draft.body);
            }
        }
    }

    private static Draft any(Random random) {
        Draft draft = new Draft();
        for (Choice choice : CHOICES) {
            String value = choice.values().get(random.nextInt(choice.values().size()));
            if (!value.isEmpty()) {
                draft.headers.add(new Header(choice.name(), value));
            }
        }
        return draft;
    }
}
