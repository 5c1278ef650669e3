package dev.websentry.engine.probe.site;

import static dev.websentry.engine.check.CheckOutcome.NOTHING_TO_PROTECT;
import static dev.websentry.engine.check.CheckOutcome.NOT_APPLICABLE;
import static dev.websentry.engine.check.CheckOutcome.NOT_CHECKED;

import dev.websentry.testsite.TestSite;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** The sites of {@link CheckTableTest}. Each row of each table occurs on at least one of them. */
final class StubSites {
    private StubSites() {}

    static List<StubSite> all() {
        return Stream.of(good(), bad(), weak(), further(), redirecting(), edges())
                .flatMap(List::stream)
                .toList();
    }

    private static List<StubSite> good() {
        return List.of(
                StubSite.site("good.test")
                        .headers(
                                "Content-Security-Policy: default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
                                "X-Content-Type-Options: nosniff",
                                "Referrer-Policy: no-referrer",
                                "Permissions-Policy: camera=()",
                                "Server: nginx",
                                "Set-Cookie: __Host-sid=1; Secure; HttpOnly; SameSite=Lax; Path=/")
                        .pass("headers.csp", "The enforced policy")
                        .pass("headers.framing", "frame-ancestors 'none'")
                        .pass("headers.content-type-options", "nosniff")
                        .pass("headers.referrer-policy", "no-referrer")
                        .pass("headers.permissions-policy", "camera")
                        .pass("headers.cors", "No foreign origin is allowed")
                        .pass("headers.subresources", "no script or style")
                        .pass("cookies.secure", "The only cookie has Secure")
                        .pass("cookies.http-only", "__Host-sid")
                        .pass("cookies.same-site", "SameSite=Lax or SameSite=Strict")
                        .pass("cookies.scope", "prefixes meet")
                        .pass("redirects.https", "same host")
                        .pass("redirects.permanence", "301")
                        .pass("redirects.chain", "No redirects")
                        .pass("redirects.www", "Both names lead to good.test")
                        .pass("server.banner", "without its version")
                        .pass("server.technology", "No technology disclosed")
                        .pass("server.sensitive-paths", "None of the 20")
                        .pass("server.error-pages", "No stack trace"),
                StubSite.site("listed.test")
                        .headers(
                                "Content-Security-Policy: script-src 'nonce-abcdefgh12345678'; base-uri 'none'; object-src 'none'",
                                "X-Frame-Options: DENY, deny",
                                "Referrer-Policy: unsafe-url, strict-origin",
                                "Access-Control-Allow-Origin: *",
                                "Set-Cookie: theme=1; Secure; SameSite=None",
                                "Set-Cookie: csrftoken=1; Secure; SameSite=Strict")
                        .html("<script src=https://cdn.other.test/a.js integrity=sha384-x crossorigin></script>")
                        .warn("headers.csp", "same nonce")
                        .pass("headers.framing", "deny")
                        .pass("headers.referrer-policy", "strict-origin")
                        .pass("headers.cors", "'*' without credentials")
                        .pass("headers.subresources", "has a valid integrity attribute")
                        .pass("cookies.http-only", "None of the 2")
                        .pass("cookies.same-site", "theme"));
    }

    private static List<StubSite> bad() {
        return List.of(
                StubSite.site("bad.test")
                        .headers(
                                "X-Content-Type-Options: sniff",
                                "Server: Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1",
                                "X-Powered-By: PHP/7.4.3",
                                "Set-Cookie: JSESSIONID=1; SameSite=Perhaps",
                                "Set-Cookie: __Host-a=1; Secure; Domain=bad.test; Path=/")
                        .html("<script src=http://bad.test/a.js></script>")
                        .at("/.git/HEAD", text("ref: refs/heads/main\n"))
                        .at("/.git/config", text("[core]\n\tbare = false\n"))
                        .otherPaths(error("Traceback (most recent call last):\n"))
                        .overHttp(request -> TestSite.page("in clear"))
                        .wwwWithoutHttps()
                        .fail("headers.csp", "No Content-Security-Policy")
                        .fail("headers.framing", "Neither")
                        .fail("headers.content-type-options", "sniff")
                        .fail("headers.referrer-policy", "No Referrer-Policy")
                        .fail("headers.permissions-policy", "No Permissions-Policy")
                        .fail("headers.subresources", "Active content")
                        .fail("cookies.secure", "JSESSIONID")
                        .fail("cookies.http-only", "JSESSIONID")
                        .fail("cookies.same-site", "browsers do not know")
                        .fail("cookies.scope", "__Host-a")
                        .fail("redirects.https", "does not redirect")
                        .fail("redirects.permanence", "no redirect")
                        .fail("redirects.www", "plain HTTP only")
                        .fail("server.banner", "operating system")
                        .fail("server.technology", "PHP/7.4.3")
                        .fail("server.sensitive-paths", "Git repository")
                        .fail("server.error-pages", "stack trace"),
                StubSite.site("reflecting.test")
                        .at("/", request -> echo(request, "true"))
                        .fail("headers.cors", "Any origin is reflected and credentials are allowed")
                        .warn("redirects.www", "certificate")
                        .wwwWithoutCertificate(),
                StubSite.site("open.test")
                        .headers(
                                "Content-Security-Policy: default-src * 'unsafe-inline'; frame-ancestors *",
                                "X-Frame-Options: DENY",
                                "Referrer-Policy: unsafe-url",
                                "Permissions-Policy: camera=*",
                                "Set-Cookie: a=1; SameSite=None",
                                "Server: nginx/1.25.1 PHP/8.1")
                        .at("/.env", text("DB_PASSWORD=x\n"))
                        .fail("headers.csp", "inline")
                        .fail("headers.framing", "every site to frame")
                        .fail("headers.referrer-policy", "unsafe-url")
                        .fail("headers.permissions-policy", "camera")
                        .fail("cookies.secure", "no HSTS")
                        .fail("cookies.same-site", "without Secure")
                        .fail("server.banner", "several components")
                        .fail("server.sensitive-paths", "environment"));
    }

    private static List<StubSite> weak() {
        return List.of(
                StubSite.site("weak.test")
                        .at("/", request -> echo(request, ""))
                        .at("/.DS_Store", text("\0\0\0\u0001Bud1"))
                        .warn("headers.cors", "without credentials")
                        .warn("server.sensitive-paths", ".DS_Store"),
                StubSite.site("gaps.test")
                        .headers(
                                "Content-Security-Policy: script-src 'self' 'unsafe-eval'; object-src 'none'",
                                "X-Frame-Options: DENY, SAMEORIGIN",
                                "Feature-Policy: camera 'none'",
                                "Strict-Transport-Security: max-age=31536000",
                                "Server: nginx/1.25.1",
                                "X-Powered-By: Express",
                                "Set-Cookie: theme=1",
                                "Set-Cookie: sid=1; Secure; HttpOnly; Domain=gaps.test")
                        .html("<img src=http://gaps.test/a.png><script src=https://cdn.other.test/a.js></script>")
                        .at("/server-status", TestSite.page("<h1>Apache Server Status for gaps.test</h1>"))
                        .otherPaths(error("<center>nginx/1.25.1</center>"))
                        .overHttp(request -> TestSite.redirect(302, "https://www.gaps.test/"))
                        .wwwCounterpart(request -> TestSite.page("another site"))
                        .warn("headers.csp", "unsafe-eval")
                        .warn("headers.framing", "conflicting")
                        .warn("headers.permissions-policy", "Feature-Policy")
                        .warn("headers.subresources", "no valid integrity attribute")
                        .warn("headers.subresources", "Images")
                        .warn("cookies.secure", "HSTS currently keeps")
                        .warn("cookies.same-site", "without SameSite")
                        .warn("cookies.scope", "sid")
                        .warn("redirects.https", "another host")
                        .warn("redirects.permanence", "302")
                        .warn("redirects.www", "do not lead to one host")
                        .warn("server.banner", "nginx/1.25.1")
                        .warn("server.technology", "Express")
                        .warn("server.sensitive-paths", "server-status")
                        .warn("server.error-pages", "nginx/1.25.1"));
    }

    private static List<StubSite> further() {
        return List.of(
                StubSite.site("reporting.test")
                        .headers(
                                "Content-Security-Policy-Report-Only: default-src 'self'",
                                "X-Frame-Options: ALLOW-FROM https://a.test",
                                "Referrer-Policy: whatever",
                                "Permissions-Policy: camera=('none'",
                                "X-Generator: Drupal 10",
                                "Set-Cookie: sid=1; Secure; HttpOnly; SameSite=None")
                        .fail("headers.csp", "Report-Only")
                        .fail("headers.framing", "ALLOW-FROM".toLowerCase(java.util.Locale.ROOT))
                        .fail("headers.referrer-policy", "no value that browsers recognize")
                        .fail("headers.permissions-policy", "Structured Field")
                        .warn("cookies.same-site", "SameSite=None")
                        .warn("server.technology", "Drupal"),
                StubSite.site("meta.test")
                        .headers(
                                "Content-Security-Policy: frame-ancestors https://*.meta.test",
                                "Permissions-Policy: unheard-of=()",
                                "Access-Control-Allow-Origin: *",
                                "Access-Control-Allow-Credentials: true")
                        .head("<meta http-equiv=Content-Security-Policy content=\"script-src data:\">"
                                + "<meta name=referrer content=same-origin><meta name=generator content='Hugo 0.1'>")
                        .fail("headers.csp", "data:")
                        .warn("headers.framing", "subdomain")
                        .pass("headers.referrer-policy", "meta")
                        .fail("headers.permissions-policy", "does not restrict any known powerful feature")
                        .warn("headers.cors", "'*' is combined with credentials")
                        .warn("server.technology", "Hugo"),
                StubSite.site("framed.test")
                        .headers("Content-Security-Policy: script-src 'nonce-abcdefgh12345678' 'strict-dynamic'")
                        .html("<meta http-equiv=X-Frame-Options content=DENY><link rel=stylesheet href=/css/a.css>")
                        .at("/css/", TestSite.page("<title>Index of /css/</title>"))
                        .warn("headers.csp", "base-uri")
                        .fail("headers.framing", "meta")
                        .warn("server.error-pages", "Directory listing"),
                StubSite.site("ancestors.test")
                        .headers("Content-Security-Policy: frame-ancestors 'self'")
                        .fail("headers.csp", "hash or 'strict-dynamic'."),
                StubSite.site("null.test")
                        .at(
                                "/",
                                request -> "null".equals(request.getHeaders().get("Origin"))
                                        ? echo(request, "true")
                                        : TestSite.page("hello"))
                        .at("/actuator", json("{\"_links\":{\"self\":{},\"heapdump\":{}}}"))
                        .fail("headers.cors", "null")
                        .fail("server.sensitive-paths", "heapdump"));
    }

    private static List<StubSite> redirecting() {
        return List.of(
                StubSite.site("slow.test")
                        .overHttp(StubSites::climb)
                        .warn("redirects.https", "over plain HTTP before HTTPS")
                        .warn("redirects.chain", "4 redirects"),
                StubSite.site("long.test")
                        .at("/", TestSite.redirect(302, "/x/x/x/x/x/x/x/x/x/x/x"))
                        .otherPaths(TestSite.notFound())
                        .at("/x/x/x/x/x/x/x/x/x/x/x", TestSite.redirect(302, "/1"))
                        .at("/1", TestSite.redirect(302, "/2"))
                        .at("/2", TestSite.redirect(302, "/3"))
                        .at("/3", TestSite.redirect(302, "/4"))
                        .at("/4", TestSite.redirect(302, "/5"))
                        .at("/5", TestSite.redirect(302, "/6"))
                        .at("/6", TestSite.redirect(302, "/7"))
                        .at("/7", TestSite.redirect(302, "/8"))
                        .at("/8", TestSite.redirect(302, "/9"))
                        .at("/9", TestSite.redirect(302, "/10"))
                        .at("/10", TestSite.page("at last"))
                        .fail("redirects.chain", "11 redirects")
                        .pass("server.error-pages", "No stack trace"),
                StubSite.site("loop.test")
                        .at("/", TestSite.redirect(302, "/"))
                        .fail("redirects.chain", "do not lead to a page")
                        .expect("headers.csp", NOT_CHECKED, "Not checked"),
                StubSite.site("lost.test")
                        .at("/", TestSite.redirect(301, "/gone"))
                        .fail("redirects.chain", "404"),
                StubSite.site("gone.test")
                        .at("/", TestSite.redirect(301, "/gone"))
                        .at("/gone", new MockResponse.Builder().code(410).build())
                        .fail("redirects.chain", "410"),
                StubSite.site("invalid.test")
                        .at("/", TestSite.redirect(301, "mailto:a@b.test"))
                        .fail("redirects.chain", "do not lead to a page"),
                StubSite.site("down.test")
                        .at("/", TestSite.redirect(301, "http://down.test/plain"))
                        .overHttp(request -> TestSite.page("plain")
                                .newBuilder()
                                .addHeader("Set-Cookie", "a=1; SameSite=Lax")
                                .build())
                        .fail("redirects.chain", "back to plain HTTP")
                        .fail("redirects.https", "does not redirect")
                        .fail("cookies.secure", "plain HTTP"),
                StubSite.site("refreshing.test")
                        .overHttp(request ->
                                TestSite.page("<meta http-equiv=Refresh content='0; url=https://refreshing.test/'>"))
                        .warn("redirects.https", "meta refresh")
                        .fail("redirects.permanence", "no redirect"),
                StubSite.site("field.test")
                        .overHttp(request -> TestSite.page("on")
                                .newBuilder()
                                .addHeader("Refresh", "0; url=https://field.test/")
                                .build())
                        .warn("redirects.https", "Refresh header"),
                StubSite.site("script.test")
                        .overHttp(request -> TestSite.page("<script>location.replace('https://script.test/')</script>"))
                        .fail("redirects.https", "does not redirect"),
                StubSite.site("noscript.test")
                        .overHttp(
                                request -> TestSite.page(
                                        "<noscript><meta http-equiv=refresh content='0; url=https://noscript.test/'></noscript>"))
                        .fail("redirects.https", "does not redirect"),
                StubSite.site("based.test")
                        .overHttp(request -> TestSite.page("<base href='https://based.test/'>"
                                + "<meta http-equiv=refresh content='0; url=start'>"))
                        .warn("redirects.https", "only by a meta refresh"),
                StubSite.site("forbidden.test")
                        .overHttp(
                                request -> new MockResponse.Builder().code(403).build())
                        .pass("redirects.https", "refuses plain HTTP with status 403")
                        .expect("redirects.permanence", NOTHING_TO_PROTECT, "403"),
                StubSite.site("indexless.test")
                        .overHttp(request -> new MockResponse.Builder()
                                .code(request.getUrl().encodedPath().equals("/") ? 403 : 404)
                                .build())
                        .fail("redirects.https", "responds (404)"),
                StubSite.site("upgrade-index.test")
                        .overHttp(request -> new MockResponse.Builder()
                                .code(request.getUrl().encodedPath().equals("/") ? 426 : 200)
                                .build())
                        .fail("redirects.https", "responds (200)"),
                StubSite.site("upgrade.test")
                        .overHttp(request -> new MockResponse.Builder()
                                .code(426)
                                .addHeader("Upgrade", "TLS/1.0, HTTP/1.1")
                                .addHeader("Connection", "Upgrade")
                                .build())
                        .pass("redirects.https", "refuses plain HTTP with status 426")
                        .expect("redirects.permanence", NOTHING_TO_PROTECT, "426"),
                StubSite.site("permanent.test")
                        .overHttp(request -> TestSite.redirect(308, "https://permanent.test/"))
                        .pass("redirects.permanence", "308"),
                StubSite.site("temporary.test")
                        .overHttp(request -> TestSite.redirect(307, "https://temporary.test/"))
                        .warn("redirects.permanence", "307"),
                StubSite.site("other.test")
                        .overHttp(request -> TestSite.redirect(303, "https://other.test/"))
                        .warn("redirects.permanence", "303"),
                StubSite.site("inclear.test")
                        .overHttp(request -> request.getUrl().encodedPath().equals("/on")
                                ? TestSite.page("in clear")
                                : TestSite.redirect(301, "/on"))
                        .fail("redirects.https", "end on plain HTTP"),
                StubSite.site("cookied.test")
                        .overHttp(request -> TestSite.redirect(301, "https://cookied.test/")
                                .newBuilder()
                                .addHeader("Set-Cookie", "a=1; SameSite=Lax")
                                .build())
                        .fail("cookies.secure", "plain HTTP"));
    }

    private static List<StubSite> edges() {
        return List.of(
                StubSite.site("bare.test")
                        .expect("cookies.secure", NOTHING_TO_PROTECT, "no cookies")
                        .expect("cookies.http-only", NOTHING_TO_PROTECT, "no cookies")
                        .expect("cookies.same-site", NOTHING_TO_PROTECT, "no cookies")
                        .expect("cookies.scope", NOTHING_TO_PROTECT, "no cookies"),
                StubSite.site("walled.test")
                        .status(401)
                        .expect("cookies.secure", NOT_CHECKED, "401")
                        .expect("cookies.scope", NOT_CHECKED, "401")
                        .fail("headers.csp", "status 401"),
                StubSite.site("closed.test")
                        .closed()
                        .pass("redirects.https", "closed")
                        .expect("redirects.permanence", NOTHING_TO_PROTECT, "closed"),
                StubSite.site("filtered.test")
                        .filtered()
                        .pass("redirects.https", "filtered")
                        .expect("redirects.permanence", NOTHING_TO_PROTECT, "filtered"),
                StubSite.site("data.test")
                        .headers("Content-Type: application/json", "X-Content-Type-Options: nosniff")
                        .expect("headers.csp", NOT_APPLICABLE, "not an HTML document")
                        .expect("headers.framing", NOT_APPLICABLE, "application/json")
                        .expect("headers.referrer-policy", NOT_APPLICABLE, "not an HTML")
                        .expect("headers.permissions-policy", NOT_APPLICABLE, "not an HTML")
                        .expect("headers.subresources", NOT_APPLICABLE, "not an HTML")
                        .pass("headers.content-type-options", "nosniff"),
                StubSite.site("127.0.0.1")
                        .expect("redirects.www", NOTHING_TO_PROTECT, "neither a registrable domain")
                        .expect("ssl.hsts", NOT_APPLICABLE, ""),
                StubSite.site("deep.below.test")
                        .expect("redirects.www", NOTHING_TO_PROTECT, "neither a registrable domain")
                        .withoutProbePaths()
                        .expect("server.sensitive-paths", NOT_APPLICABLE, "Disabled"),
                StubSite.site("moved.test")
                        .at("/", TestSite.redirect(301, "https://bad.test/"))
                        .at("/.env", text("DB_PASSWORD=x\n"))
                        .fail("server.banner", "Ubuntu")
                        .fail("cookies.secure", "JSESSIONID")
                        .fail("server.sensitive-paths", "environment")
                        .pass("headers.cors", "No foreign origin is allowed"));
    }

    /** Redirects four times over http and then to https. */
    private static MockResponse climb(RecordedRequest request) {
        int step = request.getUrl().encodedPath().length();
        return step < 4
                ? TestSite.redirect(301, request.getUrl().encodedPath() + "a")
                : TestSite.redirect(301, "https://" + request.getUrl().host() + "/");
    }

    private static MockResponse echo(RecordedRequest request, String credentials) {
        String origin = request.getHeaders().get("Origin");
        MockResponse.Builder answer = TestSite.page("hello").newBuilder();
        if (origin != null) {
            answer.addHeader("Access-Control-Allow-Origin", origin);
            answer.addHeader("Access-Control-Allow-Credentials", credentials);
        }
        return answer.build();
    }

    private static MockResponse text(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/plain")
                .body(body)
                .build();
    }

    private static MockResponse json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static MockResponse error(String body) {
        return new MockResponse.Builder()
                .code(500)
                .setHeader("Content-Type", "text/html")
                .body(body)
                .build();
    }
}
