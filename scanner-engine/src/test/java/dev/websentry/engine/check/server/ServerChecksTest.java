package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.SensitivePaths;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChecksTest {
    private static final Check BANNER = new BannerCheck();
    private static final Check TECHNOLOGY = new TechnologyCheck();
    private static final Check PATHS = new SensitivePathsCheck();
    private static final Check ERRORS = new ErrorPagesCheck();

    private static Verdict evaluate(Check check, SeenSite site) {
        return Catalogue.judge(check, site.observations()).verdict();
    }

    @ParameterizedTest(name = "Server: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx | PASS",
                "cloudflare | PASS",
                "AmazonS3 | PASS",
                "Google Frontend | PASS",
                "nginx/1.18.0 | WARN",
                "Microsoft-IIS/10.0 | WARN",
                "Jetty(9.4.31.v20200723) | WARN",
                "Apache 2.4.41 | WARN",
                "Apache 2.4.41 PHP 7.4 | WARN",
                "Apache (build 2.4.41) | WARN",
                "/1.2 | WARN",
                "nginx/ | PASS",
                "nginx/stable | PASS",
                "nginx 2 | PASS",
                "(proxied) nginx/1.18.0 | WARN",
                "nginx/1.18.0 1.2 | WARN",
                "nginx/1.18.0 (Ubuntu) | FAIL",
                "Apache (Debian) | FAIL",
                "Apache/2.4.41 (Unix) OpenSSL/1.1.1d PHP/7.4 | FAIL",
                "Werkzeug/2.0.1 Python/3.9.5 | FAIL",
                "Apache mod_ssl/2.8.22 | FAIL"
            })
    void banner(String value, Outcome outcome) {
        assertEquals(
                outcome,
                evaluate(BANNER, SeenSite.page().header("Server", value)).outcome());
    }

    @Test
    void aMissingServerHeaderPasses() {
        assertEquals("No Server header", evaluate(BANNER, SeenSite.page()).value());
        assertEquals(
                "No Server header",
                evaluate(BANNER, SeenSite.page().header("Server", " ")).value());
    }

    @Test
    void longServerHeadersAreCut() {
        Verdict verdict = evaluate(BANNER, SeenSite.page().header("Server", "n".repeat(300)));
        assertEquals("Names a product without its version: " + "n".repeat(77) + "...", verdict.value());
        assertEquals(List.of("Server: " + "n".repeat(277) + "..."), verdict.evidence());
        Verdict whole = evaluate(BANNER, SeenSite.page().header("Server", "n".repeat(80)));
        assertEquals("Names a product without its version: " + "n".repeat(80), whole.value());
    }

    @Test
    void allTechnologiesAreEvidence() {
        Verdict verdict = evaluate(
                TECHNOLOGY,
                SeenSite.page()
                        .header("X-Generator", "Drupal 10")
                        .header("X-Powered-By", "PHP/8.1")
                        .header("X-Powered-By", " ")
                        .body("<meta name=generator content=''><meta name=generator content=' Hugo '>"));
        assertEquals("Discloses the technology and its version: X-Powered-By: PHP/8.1 and 2 more", verdict.value());
        assertEquals(
                List.of("X-Powered-By: PHP/8.1", "X-Generator: Drupal 10", "meta generator: Hugo"), verdict.evidence());
        Verdict one = evaluate(TECHNOLOGY, SeenSite.page().header("X-Powered-By", "Express"));
        assertEquals("Discloses the technology: X-Powered-By: Express", one.value());
    }

    @Test
    void aGeneratorElementOutsideOfHtmlIsText() {
        SeenSite site = SeenSite.page().contentType("text/plain").body("<meta name=generator content=Hugo>");
        assertEquals(Outcome.PASS, evaluate(TECHNOLOGY, site).outcome());
    }

    @Test
    void responseTimeIsInformational() {
        Check responseTime = new RuntimeCheck();
        assertEquals("Not sent", evaluate(responseTime, SeenSite.page()).value());
        assertEquals(
                "Sent: 0.012",
                evaluate(responseTime, SeenSite.page().header("X-Runtime", "0.012"))
                        .value());
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Powered-By | Express | WARN",
                "X-Powered-By | ASP.NET | WARN",
                "X-Powered-By | PHP/8.1.2 | FAIL",
                "X-Powered-By | Servlet/3.1 JSP/2.3 | FAIL",
                "X-AspNet-Version | 4.0.30319 | FAIL",
                "X-AspNetMvc-Version | 5.2 | FAIL",
                "X-Generator | Drupal 10 (https://www.drupal.org) | WARN",
                "Via | 1.1 varnish (Varnish/6.0) | WARN",
                "Via | HTTP/1.1 proxy.example.com | PASS",
                "Via | 1.1 google | PASS",
                "X-Runtime | 0.012 | PASS",
                "X-Frame-Options | DENY | PASS"
            })
    void technology(String name, String value, Outcome outcome) {
        assertEquals(
                outcome,
                evaluate(TECHNOLOGY, SeenSite.page().header(name, value)).outcome());
    }

    @Tag("endurance")
    @ParameterizedTest(name = "{0}: {1}, over and over")
    @CsvSource(
            delimiter = '|',
            value = {
                "Via | a | PASS",
                "Via | 1a | PASS",
                "Via | HTTP | PASS",
                "X-Powered-By | 1 | WARN",
                "Server | 1. | PASS",
                "Server | 1.a | WARN",
                "Server | (a | PASS",
            })
    void aLongHeaderIsEvaluatedQuickly(String name, String piece, Outcome outcome) {
        SeenSite site = SeenSite.page().header(name, piece.repeat(250_000 / piece.length()));
        Check check = name.equals("Server") ? BANNER : TECHNOLOGY;
        assertEquals(
                outcome,
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> evaluate(check, site))
                        .outcome());
    }

    @Test
    void aGeneratorElementIsAWarning() {
        SeenSite site = SeenSite.page().body("<meta name='Generator' content='WordPress 6.4'>");
        assertEquals(Outcome.WARN, evaluate(TECHNOLOGY, site).outcome());
    }

    @ParameterizedTest(name = "{0} as {1} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/.git/HEAD | text/plain | ref: refs/heads/main | WARN",
                "/.env | application/octet-stream | APP_KEY=base64:x | FAIL",
                "/.env | text/plain | nothing to see here | PASS",
                "/.env | text/html | APP_KEY=x | PASS",
                "/.aws/credentials | text/plain | aws_secret_access_key = x | FAIL",
                "/WEB-INF/web.xml | application/xml | <web-app version='6.0'></web-app> | FAIL",
                "/actuator/env | application/vnd.spring-boot.actuator.v3+json | {\"propertySources\":[]} | FAIL",
                "/actuator | application/json | {\"_links\":{\"self\":{}}} | WARN",
                "/actuator | application/json | {\"_links\":{\"self\":{},\"heapdump\":{\"href\":\"x\"}}} | FAIL",
                "/id_rsa | text/plain | -----BEGIN OPENSSH PRIVATE KEY----- | FAIL",
                "/server.key | application/octet-stream | -----BEGIN PRIVATE KEY----- | FAIL",
                "/server.key | text/plain | -----BEGIN CERTIFICATE----- | PASS",
                "/dump.sql | application/sql | CREATE TABLE users (id int) | FAIL",
                "/backup.zip | application/zip | PK\u0003\u0004 x | FAIL",
                "/backup.zip | text/html | PK\u0003\u0004 x | PASS",
                "/server-status | text/html | <title>Apache Status</title> | WARN",
                "/phpinfo.php | text/html | <h1 class='p'>PHP Version 8.1</h1> | WARN",
                "/.svn/entries | text/plain | 12 | WARN"
            })
    void sensitivePath(String path, String type, String body, Outcome outcome) {
        Verdict verdict = new Leak().at(path, type, body).judge(PATHS);
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertEquals(
                outcome == Outcome.FAIL ? List.of(Cap.F) : List.of(),
                verdict.caps().stream().map(Cap::limit).toList());
        assertFalse(verdict.evidence().toString().contains(body), "the content is a secret");
    }

    @Test
    void aDsStoreFileIsAWarning() {
        Verdict verdict = new Leak()
                .at("/.DS_Store", "application/octet-stream", "\0\0\0\1Bud1\0")
                .judge(PATHS);
        assertEquals(Outcome.WARN, verdict.outcome());
    }

    @Test
    void gitHeadTogetherWithGitConfigIsCritical() {
        Verdict verdict = new Leak()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main\n")
                .at("/.git/config", "text/plain", "[core]\n\tbare = false\n")
                .judge(PATHS);
        assertEquals(Outcome.FAIL, verdict.outcome());
        assertTrue(verdict.value().contains("/.git"), verdict.value());
        assertEquals(Cap.F, verdict.caps().get(0).limit());
    }

    @Test
    void soft404sAreNotFindings() {
        Exchange.Response dump = Leak.answer(200, "text/plain", "CREATE TABLE x (y int); ref: refs/heads/main");
        assertEquals(Outcome.PASS, new Leak().everywhere(dump).judge(PATHS).outcome());
        Exchange.Response app =
                Leak.answer(200, "text/html", "<!doctype html><div id=app></div><title>phpinfo()</title>");
        assertEquals(Outcome.PASS, new Leak().everywhere(app).judge(PATHS).outcome());
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "400", "401", "403", "404", "500", "503"})
    void errorsAndRedirectsAreNotFindings(int status) {
        Exchange.Response response = Leak.answer(status, "text/plain", "ref: refs/heads/main");
        assertEquals(Outcome.PASS, new Leak().everywhere(response).judge(PATHS).outcome());
    }

    @Test
    void missingResponsesAtMostPathsAreNotChecked() {
        Failure silent = new Failure(Failure.Kind.READ_TIMED_OUT, "no whole answer in time");
        assertEquals(
                Outcome.NOT_CHECKED, new Leak().everywhere(silent).judge(PATHS).outcome());
        assertEquals(
                Outcome.NOT_CHECKED,
                new Leak()
                        .everywhere(Leak.answer(429, "text/plain", "slow down"))
                        .judge(PATHS)
                        .outcome());
    }

    @Test
    void missingResponsesAreCounted() {
        Exchange.Response slowDown = Leak.answer(429, "text/plain", "slow down");
        Leak leak = new Leak().at("/.env", slowDown).at("/.git/HEAD", new Failure(Failure.Kind.READ_TIMED_OUT, "late"));
        String none = "None of the " + SensitivePaths.ALL.size() + " well-known sensitive paths is publicly accessible";
        assertEquals(
                none + "; 2 had no response or status 429", leak.judge(PATHS).value());
        assertEquals(none, new Leak().judge(PATHS).value());
    }

    @Test
    void responsesAtHalfOfThePathsAreEnough() {
        Leak leak = new Leak();
        int half = SensitivePaths.ALL.size() / 2;
        assertEquals(2 * half, SensitivePaths.ALL.size());
        SensitivePaths.ALL.subList(0, half).forEach(path -> leak.at(path, Leak.answer(429, "text/plain", "")));
        assertEquals(Outcome.PASS, leak.judge(PATHS).outcome());
        leak.at(SensitivePaths.ALL.get(half), Leak.answer(429, "text/plain", ""));
        assertEquals(Outcome.NOT_CHECKED, leak.judge(PATHS).outcome());
    }

    @Test
    void theWorstPathIsNamedAndTheOthersAreCounted() {
        Verdict accessible = new Leak()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main")
                .at("/.svn/entries", "text/plain", "12")
                .judge(PATHS);
        assertEquals("Publicly accessible: /.git/HEAD (the HEAD of a Git repository) and 1 more", accessible.value());
        assertEquals(2, accessible.evidence().size());
        Verdict secret = new Leak()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main")
                .at("/.env", "text/plain", "APP_KEY=x")
                .judge(PATHS);
        assertEquals("Publicly accessible secrets: /.env (an environment variable file)", secret.value());
        assertTrue(
                secret.evidence()
                        .contains("GET " + Leak.SITE + "/.env -> 200, text/plain: an environment variable file"),
                secret.evidence().toString());
        assertEquals(
                "publicly accessible secret: /.env (an environment variable file)",
                secret.caps().get(0).reason());
    }

    @Test
    void aPartialResponseIsAFinding() {
        Exchange.Response part = Leak.answer(206, "text/plain", "APP_KEY=x");
        assertEquals(Outcome.FAIL, new Leak().at("/.env", part).judge(PATHS).outcome());
        Exchange.Response other = Leak.answer(203, "text/plain", "APP_KEY=x");
        assertEquals(Outcome.PASS, new Leak().at("/.env", other).judge(PATHS).outcome());
    }

    @Test
    void disabledProbingIsNotApplicable() {
        Leak leak = new Leak();
        leak.probed = false;
        assertEquals(Outcome.NOT_APPLICABLE, leak.judge(PATHS).outcome());
    }

    @Test
    void atMostTwentyPathsAreRequestedAndEachHasASignature() {
        assertTrue(SensitivePaths.ALL.size() <= 20);
        assertEquals(java.util.Set.copyOf(SensitivePaths.ALL), Signatures.BY_PATH.keySet());
    }

    @ParameterizedTest(name = "an error page with {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<h1>Sorry</h1> | PASS",
                "<hr><center>nginx</center> | PASS",
                "<hr><center>nginx/1.18.0</center> | WARN",
                "<address>Apache/2.4.41 (Ubuntu) Server at x Port 443</address> | WARN",
                "<h3>Apache Tomcat/9.0.50</h3> | WARN",
                "at org.apache.catalina.core.StandardWrapper.service(StandardWrapper.java:84) | FAIL",
                "Traceback (most recent call last): | FAIL",
                "<b>Fatal error</b>: Uncaught Error in <b>/var/www/x.php</b> on line <b>3</b> | FAIL",
                "Server Error in '/' Application. Stack Trace: | FAIL",
                "You're seeing this error because you have <code>DEBUG = True</code> in your settings | FAIL",
                "at Layer.handle (/app/node_modules/express/lib/router/layer.js:95:5) | FAIL",
                "{\"status\":500,\"trace\":\"java.lang.NullPointerException: x\"} | FAIL"
            })
    void errorPage(String body, Outcome outcome) {
        assertErrorPage(body, outcome);
    }

    @Test
    void aMultiLinePhpStackTraceIsFound() {
        assertErrorPage("""
                <pre>PHP Fatal error:  Uncaught Exception: no route in /var/www/index.php:31
                Stack trace:
                #0 {main}
                  thrown in /var/www/index.php on line 31</pre>
                """, Outcome.FAIL);
    }

    private static void assertErrorPage(String body, Outcome outcome) {
        Leak leak = new Leak();
        leak.error = Leak.answer(500, "text/html", body);
        Verdict verdict = leak.judge(ERRORS);
        assertEquals(outcome, verdict.outcome(), verdict.value());
    }

    @Test
    void aPageAboutStackTracesIsNotAnErrorPage() {
        Leak leak = new Leak();
        leak.error = Leak.answer(200, "text/html", "Traceback (most recent call last):");
        assertEquals(Outcome.PASS, leak.judge(ERRORS).outcome());
    }

    @Test
    void aDirectoryListingIsAWarning() {
        Leak leak = new Leak();
        leak.directories.add(
                SeenSite.get(Leak.SITE + "/js/", Leak.answer(200, "text/html", "<title>Index of /js/</title>")));
        Verdict verdict = leak.judge(ERRORS);
        assertEquals(Outcome.WARN, verdict.outcome());
        assertEquals("Directory listing: /js/", verdict.value());
        assertEquals(List.of("GET " + Leak.SITE + "/js/ -> 200", "<title>Index of /js/</title>"), verdict.evidence());
    }

    @Test
    void theRootIsCheckedForADirectoryListing() {
        Leak leak = new Leak();
        leak.root = Leak.answer(200, "text/html", "<title>Index of /</title>");
        assertEquals("Directory listing: /", leak.judge(ERRORS).value());
    }

    @Test
    void errorResponsesAreNotDirectoryListings() {
        Leak leak = new Leak();
        leak.directories.add(
                SeenSite.get(Leak.SITE + "/js/", Leak.answer(403, "text/html", "<title>Index of /js/</title>")));
        leak.directories.add(SeenSite.get(Leak.SITE + "/css/", new Failure(Failure.Kind.CONNECTION_LOST, "reset")));
        assertEquals(
                "No stack trace, version or directory listing in 3 error responses and 1 directories",
                leak.judge(ERRORS).value());
    }

    @Test
    void excerptsOfErrorPagesAreEvidence() {
        Leak leak = new Leak();
        leak.error = Leak.answer(500, "text/html", "<hr><center>nginx/1.18.0</center>");
        Verdict version = leak.judge(ERRORS);
        assertEquals("An error page discloses a version: nginx/1.18.0", version.value());
        assertEquals(List.of("GET " + Leak.SITE + "/x%00 -> 500", "nginx/1.18.0"), version.evidence());
        leak.error = Leak.answer(400, "text/html", "Traceback (most recent call last):");
        assertEquals(
                List.of("GET " + Leak.SITE + "/x%00 -> 400", "Traceback (most recent call last):"),
                leak.judge(ERRORS).evidence());
    }

    @Test
    void aFailedErrorRequestIsNotCheckedOnlyWithoutOtherErrorPages() {
        Leak leak = new Leak();
        leak.error = new Failure(Failure.Kind.CONNECTION_LOST, "reset");
        assertEquals(Outcome.PASS, leak.judge(ERRORS).outcome());
        leak.everywhere(Leak.answer(200, "text/html", "app"));
        assertEquals(Outcome.NOT_CHECKED, leak.judge(ERRORS).outcome());
    }
}
