package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.testsite.ProcessorTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChecksTest {
    private static final Check BANNER = new ServerHeaderCheck();
    private static final Check TECHNOLOGY = new TechnologyDisclosureCheck();
    private static final Check PATHS = new SensitivePathsCheck();
    private static final Check ERRORS = new ErrorPagesCheck();

    private static CheckVerdict evaluate(Check check, ObservedSite site) {
        return CheckCatalog.evaluate(check, site.observations()).verdict();
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
    void banner(String value, CheckOutcome outcome) {
        assertEquals(
                outcome,
                evaluate(BANNER, ObservedSite.page().header("Server", value)).outcome());
    }

    @Test
    void aMissingServerHeaderPasses() {
        assertEquals("No Server header", evaluate(BANNER, ObservedSite.page()).value());
        assertEquals(
                "No Server header",
                evaluate(BANNER, ObservedSite.page().header("Server", " ")).value());
    }

    @Test
    void longServerHeadersAreCut() {
        CheckVerdict verdict = evaluate(BANNER, ObservedSite.page().header("Server", "n".repeat(300)));
        assertEquals("Names a product without its version: " + "n".repeat(77) + "...", verdict.value());
        assertEquals(List.of("Server: " + "n".repeat(289) + "..."), verdict.evidence());
        CheckVerdict whole = evaluate(BANNER, ObservedSite.page().header("Server", "n".repeat(80)));
        assertEquals("Names a product without its version: " + "n".repeat(80), whole.value());
    }

    @Test
    void allTechnologiesAreEvidence() {
        CheckVerdict verdict = evaluate(
                TECHNOLOGY,
                ObservedSite.page()
                        .header("X-Generator", "Drupal 10")
                        .header("X-Powered-By", "PHP/8.1")
                        .header("X-Powered-By", " ")
                        .body("<meta name=generator content=''><meta name=generator content=' Hugo '>"));
        assertEquals("Discloses the technology and its version: X-Powered-By: PHP/8.1 and 2 more", verdict.value());
        assertEquals(
                List.of("X-Powered-By: PHP/8.1", "X-Generator: Drupal 10", "meta generator: Hugo"), verdict.evidence());
        CheckVerdict one = evaluate(TECHNOLOGY, ObservedSite.page().header("X-Powered-By", "Express"));
        assertEquals("Discloses the technology: X-Powered-By: Express", one.value());
    }

    @Test
    void aGeneratorElementOutsideOfHtmlIsText() {
        ObservedSite site = ObservedSite.page().contentType("text/plain").body("<meta name=generator content=Hugo>");
        assertEquals(CheckOutcome.PASS, evaluate(TECHNOLOGY, site).outcome());
    }

    @Test
    void responseTimeIsInformational() {
        Check responseTime = new ResponseTimeHeaderInfo();
        assertEquals("Not sent", evaluate(responseTime, ObservedSite.page()).value());
        assertEquals(
                "Sent: 0.012",
                evaluate(responseTime, ObservedSite.page().header("X-Runtime", "0.012"))
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
    void technology(String name, String value, CheckOutcome outcome) {
        assertEquals(
                outcome,
                evaluate(TECHNOLOGY, ObservedSite.page().header(name, value)).outcome());
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
    void aLongHeaderIsEvaluatedQuickly(String name, String piece, CheckOutcome outcome) {
        ObservedSite site = ObservedSite.page().header(name, piece.repeat(250_000 / piece.length()));
        Check check = name.equals("Server") ? BANNER : TECHNOLOGY;
        assertEquals(
                outcome,
                ProcessorTime.limit(Duration.ofSeconds(20), () -> evaluate(check, site))
                        .outcome());
    }

    @Test
    void aGeneratorElementIsAWarning() {
        ObservedSite site = ObservedSite.page().body("<meta name='Generator' content='WordPress 6.4'>");
        assertEquals(CheckOutcome.WARN, evaluate(TECHNOLOGY, site).outcome());
    }

    @ParameterizedTest(name = "{0} as {1} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/.git/HEAD | text/plain | ref: refs/heads/main | WARN",
                "/.env | application/octet-stream | APP_KEY=base64:x | FAIL",
                "/.env | text/plain | nothing to see here | PASS",
                "/.env | text/html | APP_KEY=x | FAIL",
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
                "/backup.zip | text/html | PK\u0003\u0004 x | FAIL",
                "/server-status | text/html | <title>Apache Status</title> | WARN",
                "/phpinfo.php | text/html | <h1 class='p'>PHP Version 8.1</h1> | WARN",
                "/.svn/entries | text/plain | 12 | WARN"
            })
    void sensitivePath(String path, String type, String body, CheckOutcome outcome) {
        CheckVerdict verdict = new ScriptedLeakSite().at(path, type, body).evaluate(PATHS);
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertEquals(
                outcome == CheckOutcome.FAIL ? List.of(CheckScoreCap.MAX_FOR_GRADE_F) : List.of(),
                verdict.caps().stream().map(CheckScoreCap::limit).toList());
        assertFalse(verdict.evidence().toString().contains(body), "the content is a secret");
    }

    @Test
    void aDsStoreFileIsAWarning() {
        CheckVerdict verdict = new ScriptedLeakSite()
                .at("/.DS_Store", "application/octet-stream", "\0\0\0\1Bud1\0")
                .evaluate(PATHS);
        assertEquals(CheckOutcome.WARN, verdict.outcome());
    }

    @Test
    void gitHeadTogetherWithGitConfigIsCritical() {
        CheckVerdict verdict = new ScriptedLeakSite()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main\n")
                .at("/.git/config", "text/plain", "[core]\n\tbare = false\n")
                .evaluate(PATHS);
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertTrue(verdict.value().contains("/.git"), verdict.value());
        assertEquals(CheckScoreCap.MAX_FOR_GRADE_F, verdict.caps().get(0).limit());
    }

    @Test
    void soft404sAreNotFindings() {
        HttpExchange.Response dump =
                ScriptedLeakSite.response(200, "text/plain", "CREATE TABLE x (y int); ref: refs/heads/main");
        assertEquals(
                CheckOutcome.PASS,
                new ScriptedLeakSite().elsewhere(dump).evaluate(PATHS).outcome());
        HttpExchange.Response app = ScriptedLeakSite.response(
                200, "text/html", "<!doctype html><div id=app></div><title>phpinfo()</title>");
        assertEquals(
                CheckOutcome.PASS,
                new ScriptedLeakSite().elsewhere(app).evaluate(PATHS).outcome());
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "400", "401", "403", "404", "500", "503"})
    void errorsAndRedirectsAreNotFindings(int status) {
        HttpExchange.Response response = ScriptedLeakSite.response(status, "text/plain", "ref: refs/heads/main");
        assertEquals(
                CheckOutcome.PASS,
                new ScriptedLeakSite().elsewhere(response).evaluate(PATHS).outcome());
    }

    @Test
    void missingResponsesAtMostPathsAreNotChecked() {
        Failure silent = new Failure(Failure.RequestFailureKind.READ_TIMED_OUT, "no whole answer in time");
        assertEquals(
                CheckOutcome.NOT_CHECKED,
                new ScriptedLeakSite().elsewhere(silent).evaluate(PATHS).outcome());
        assertEquals(
                CheckOutcome.NOT_CHECKED,
                new ScriptedLeakSite()
                        .elsewhere(ScriptedLeakSite.response(429, "text/plain", "slow down"))
                        .evaluate(PATHS)
                        .outcome());
    }

    @Test
    void missingResponsesAreCounted() {
        HttpExchange.Response slowDown = ScriptedLeakSite.response(429, "text/plain", "slow down");
        ScriptedLeakSite leak = new ScriptedLeakSite()
                .at("/.env", slowDown)
                .at("/.git/HEAD", new Failure(Failure.RequestFailureKind.READ_TIMED_OUT, "late"));
        String none = "None of the " + SensitivePaths.ALL.size() + " well-known sensitive paths is publicly accessible";
        assertEquals(
                none + "; 2 had no response or status 429", leak.evaluate(PATHS).value());
        assertEquals(none, new ScriptedLeakSite().evaluate(PATHS).value());
    }

    @Test
    void responsesAtHalfOfThePathsAreEnough() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        int half = SensitivePaths.ALL.size() / 2;
        assertEquals(2 * half, SensitivePaths.ALL.size());
        SensitivePaths.ALL
                .subList(0, half)
                .forEach(path -> leak.at(path, ScriptedLeakSite.response(429, "text/plain", "")));
        assertEquals(CheckOutcome.PASS, leak.evaluate(PATHS).outcome());
        leak.at(SensitivePaths.ALL.get(half), ScriptedLeakSite.response(429, "text/plain", ""));
        assertEquals(CheckOutcome.NOT_CHECKED, leak.evaluate(PATHS).outcome());
    }

    @Test
    void theWorstPathIsNamedAndTheOthersAreCounted() {
        CheckVerdict accessible = new ScriptedLeakSite()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main")
                .at("/.svn/entries", "text/plain", "12")
                .evaluate(PATHS);
        assertEquals("Publicly accessible: /.git/HEAD (the HEAD of a Git repository) and 1 more", accessible.value());
        assertEquals(2, accessible.evidence().size());
        CheckVerdict secret = new ScriptedLeakSite()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main")
                .at("/.env", "text/plain", "APP_KEY=x")
                .evaluate(PATHS);
        assertEquals("Publicly accessible secrets: /.env (an environment variable file)", secret.value());
        assertTrue(
                secret.evidence()
                        .contains("GET " + ScriptedLeakSite.SITE
                                + "/.env -> 200, text/plain: an environment variable file"),
                secret.evidence().toString());
        assertEquals(
                "publicly accessible secret: /.env (an environment variable file)",
                secret.caps().get(0).reason());
    }

    @Test
    void aPartialResponseIsAFinding() {
        HttpExchange.Response part = ScriptedLeakSite.response(206, "text/plain", "APP_KEY=x");
        assertEquals(
                CheckOutcome.FAIL,
                new ScriptedLeakSite().at("/.env", part).evaluate(PATHS).outcome());
        HttpExchange.Response other = ScriptedLeakSite.response(203, "text/plain", "APP_KEY=x");
        assertEquals(
                CheckOutcome.PASS,
                new ScriptedLeakSite().at("/.env", other).evaluate(PATHS).outcome());
    }

    @Test
    void disabledProbingIsNotApplicable() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.probed = false;
        assertEquals(CheckOutcome.NOT_APPLICABLE, leak.evaluate(PATHS).outcome());
    }

    @Test
    void atMostTwentyPathsAreRequestedAndEachHasASignature() {
        assertTrue(SensitivePaths.ALL.size() <= 20);
        assertEquals(java.util.Set.copyOf(SensitivePaths.ALL), SensitiveFileSignatures.BY_PATH.keySet());
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
    void errorPage(String body, CheckOutcome outcome) {
        assertErrorPage(body, outcome);
    }

    @Test
    void aMultiLinePhpStackTraceIsFound() {
        assertErrorPage("""
                <pre>PHP Fatal error:  Uncaught Exception: no route in /var/www/index.php:31
                Stack trace:
                #0 {main}
                  thrown in /var/www/index.php on line 31</pre>
                """, CheckOutcome.FAIL);
    }

    private static void assertErrorPage(String body, CheckOutcome outcome) {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.error = ScriptedLeakSite.response(500, "text/html", body);
        CheckVerdict verdict = leak.evaluate(ERRORS);
        assertEquals(outcome, verdict.outcome(), verdict.value());
    }

    @Test
    void aPageAboutStackTracesIsNotAnErrorPage() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.error = ScriptedLeakSite.response(200, "text/html", "Traceback (most recent call last):");
        assertEquals(CheckOutcome.PASS, leak.evaluate(ERRORS).outcome());
    }

    @Test
    void aDirectoryListingIsAWarning() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.directories.add(ObservedSite.get(
                ScriptedLeakSite.SITE + "/js/",
                ScriptedLeakSite.response(200, "text/html", "<title>Index of /js/</title>")));
        CheckVerdict verdict = leak.evaluate(ERRORS);
        assertEquals(CheckOutcome.WARN, verdict.outcome());
        assertEquals("Directory listing: /js/", verdict.value());
        assertEquals(
                List.of("GET " + ScriptedLeakSite.SITE + "/js/ -> 200", "<title>Index of /js/</title>"),
                verdict.evidence());
    }

    @Test
    void theRootIsCheckedForADirectoryListing() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.root = ScriptedLeakSite.response(200, "text/html", "<title>Index of /</title>");
        assertEquals("Directory listing: /", leak.evaluate(ERRORS).value());
    }

    @Test
    void errorResponsesAreNotDirectoryListings() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.directories.add(ObservedSite.get(
                ScriptedLeakSite.SITE + "/js/",
                ScriptedLeakSite.response(403, "text/html", "<title>Index of /js/</title>")));
        leak.directories.add(ObservedSite.get(
                ScriptedLeakSite.SITE + "/css/", new Failure(Failure.RequestFailureKind.CONNECTION_LOST, "reset")));
        assertEquals(
                "No stack trace, version or directory listing in 3 error responses and 1 directory",
                leak.evaluate(ERRORS).value());
    }

    @Test
    void excerptsOfErrorPagesAreEvidence() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.error = ScriptedLeakSite.response(500, "text/html", "<hr><center>nginx/1.18.0</center>");
        CheckVerdict version = leak.evaluate(ERRORS);
        assertEquals("An error page discloses a version: nginx/1.18.0", version.value());
        assertEquals(List.of("GET " + ScriptedLeakSite.SITE + "/x%00 -> 500", "nginx/1.18.0"), version.evidence());
        leak.error = ScriptedLeakSite.response(400, "text/html", "Traceback (most recent call last):");
        assertEquals(
                List.of("GET " + ScriptedLeakSite.SITE + "/x%00 -> 400", "Traceback (most recent call last):"),
                leak.evaluate(ERRORS).evidence());
    }

    @Test
    void aFailedErrorRequestIsNotCheckedOnlyWithoutOtherErrorPages() {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.error = new Failure(Failure.RequestFailureKind.CONNECTION_LOST, "reset");
        assertEquals(CheckOutcome.PASS, leak.evaluate(ERRORS).outcome());
        leak.elsewhere(ScriptedLeakSite.response(200, "text/html", "app"));
        assertEquals(CheckOutcome.NOT_CHECKED, leak.evaluate(ERRORS).outcome());
    }
}
