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
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SensitivePaths;
import dev.websentry.engine.observe.SiteObservations.Announced;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import dev.websentry.engine.syntax.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChecksTest {
    private static final String SITE = "https://www.example.com";
    private static final Check BANNER = new BannerCheck();
    private static final Check TECHNOLOGY = new TechnologyCheck();
    private static final Check PATHS = new SensitivePathsCheck();
    private static final Check ERRORS = new ErrorPagesCheck();
    private static final Check SECURITY_TXT = new SecurityTxtCheck();
    private static final Check TRACE = new TraceCheck();

    private static Verdict judge(Check check, SeenSite site) {
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
                "nginx/1.18.0 (Ubuntu) | FAIL",
                "Apache (Debian) | FAIL",
                "Apache/2.4.41 (Unix) OpenSSL/1.1.1d PHP/7.4 | FAIL",
                "Werkzeug/2.0.1 Python/3.9.5 | FAIL",
                "Apache mod_ssl/2.8.22 | FAIL"
            })
    void banner(String value, Outcome outcome) {
        assertEquals(
                outcome, judge(BANNER, SeenSite.page().header("Server", value)).outcome());
    }

    @Test
    void noServerFieldPasses() {
        assertEquals(Outcome.PASS, judge(BANNER, SeenSite.page()).outcome());
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
                outcome, judge(TECHNOLOGY, SeenSite.page().header(name, value)).outcome());
    }

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
    void aLongFieldDoesNotHoldTheJudgeUp(String name, String piece, Outcome outcome) {
        SeenSite site = SeenSite.page().header(name, piece.repeat(250_000 / piece.length()));
        Check check = name.equals("Server") ? BANNER : TECHNOLOGY;
        assertEquals(
                outcome,
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> judge(check, site))
                        .outcome());
    }

    @Test
    void aGeneratorElementIsAWarning() {
        SeenSite site = SeenSite.page().body("<meta name='Generator' content='WordPress 6.4'>");
        assertEquals(Outcome.WARN, judge(TECHNOLOGY, site).outcome());
    }

    /** What a scripted site answers at the sensitive paths; 404 elsewhere. */
    private static final class Leak {
        private final Map<String, Exchange.Result> answers = new HashMap<>();
        private Exchange.Result otherwise = answer(404, "text/html", "<h1>Not found</h1>");
        private Exchange.Result root = answer(200, "text/html", "<!doctype html><h1>Welcome to the shop</h1>");
        private Exchange.Result error = answer(400, "text/html", "<h1>Bad request</h1>");
        private final List<Exchange> directories = new ArrayList<>();
        private Exchange.Result securityTxt = otherwise;
        private Exchange.Result trace = answer(405, "text/plain", "");
        private boolean probed = true;

        Leak at(String path, String type, String body) {
            answers.put(path, answer(200, type, body));
            return this;
        }

        Leak everywhere(Exchange.Result result) {
            otherwise = result;
            return this;
        }

        Verdict judge(Check check) {
            List<Exchange> canaries = List.of(get("/x0123456789abcdef"), get("/.xfedcba9876543210/config"));
            List<Exchange> paths =
                    probed ? SensitivePaths.ALL.stream().map(this::get).toList() : List.of();
            LeakageAnswers leakage = new LeakageAnswers(
                    new Ordinary(canaries, SeenSite.get(SITE + "/", root)),
                    paths,
                    SeenSite.get(SITE + "/x%00", error),
                    directories,
                    new Announced(
                            SeenSite.get(SITE + "/.well-known/security.txt", securityTxt),
                            SeenSite.get(SITE + "/", trace)));
            return ServerChecksTest.judge(check, SeenSite.page().leakage(Observed.seen(leakage)));
        }

        private Exchange get(String path) {
            return SeenSite.get(SITE + path, answers.getOrDefault(path, otherwise));
        }
    }

    private static Exchange.Response answer(int status, String type, String body) {
        return SeenSite.response(status, List.of(new Header("Content-Type", type)), body);
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
    void aMacDirectoryIndexIsAWarning() {
        Verdict verdict = new Leak()
                .at("/.DS_Store", "application/octet-stream", "\0\0\0\1Bud1\0")
                .judge(PATHS);
        assertEquals(Outcome.WARN, verdict.outcome());
    }

    @Test
    void aRepositorysHeadWithItsConfigurationIsCritical() {
        Verdict verdict = new Leak()
                .at("/.git/HEAD", "text/plain", "ref: refs/heads/main\n")
                .at("/.git/config", "text/plain", "[core]\n\tbare = false\n")
                .judge(PATHS);
        assertEquals(Outcome.FAIL, verdict.outcome());
        assertTrue(verdict.value().contains("/.git"), verdict.value());
        assertEquals(Cap.F, verdict.caps().get(0).limit());
    }

    @Test
    void aSiteThatAnswersOneThingToEverythingLeaksNothing() {
        Exchange.Response dump = answer(200, "text/plain", "CREATE TABLE x (y int); ref: refs/heads/main");
        assertEquals(Outcome.PASS, new Leak().everywhere(dump).judge(PATHS).outcome());
        Exchange.Response app = answer(200, "text/html", "<!doctype html><div id=app></div><title>phpinfo()</title>");
        assertEquals(Outcome.PASS, new Leak().everywhere(app).judge(PATHS).outcome());
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "400", "401", "403", "404", "500", "503"})
    void aWallIsNoHit(int status) {
        Exchange.Response wall = answer(status, "text/plain", "ref: refs/heads/main");
        assertEquals(Outcome.PASS, new Leak().everywhere(wall).judge(PATHS).outcome());
    }

    @Test
    void silenceAtMostPathsIsNotChecked() {
        Failure silent = new Failure(Failure.Kind.READ_TIMED_OUT, "no whole answer in time");
        assertEquals(
                Outcome.NOT_CHECKED, new Leak().everywhere(silent).judge(PATHS).outcome());
        assertEquals(
                Outcome.NOT_CHECKED,
                new Leak()
                        .everywhere(answer(429, "text/plain", "slow down"))
                        .judge(PATHS)
                        .outcome());
    }

    @Test
    void switchedOffEarnsNothingAndLeavesTheReportComplete() {
        Leak leak = new Leak();
        leak.probed = false;
        assertEquals(Outcome.NOT_APPLICABLE, leak.judge(PATHS).outcome());
    }

    @Test
    void atMostTwentyPathsAreAskedForAndEachHasASignature() {
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
    void aStackTraceOfPhpOverSeveralLinesIsFound() {
        assertErrorPage("""
                <pre>PHP Fatal error:  Uncaught Exception: no route in /var/www/index.php:31
                Stack trace:
                #0 {main}
                  thrown in /var/www/index.php on line 31</pre>
                """, Outcome.FAIL);
    }

    private static void assertErrorPage(String body, Outcome outcome) {
        Leak leak = new Leak();
        leak.error = answer(500, "text/html", body);
        Verdict verdict = leak.judge(ERRORS);
        assertEquals(outcome, verdict.outcome(), verdict.value());
    }

    @Test
    void aPageAboutStackTracesIsNoErrorPage() {
        Leak leak = new Leak();
        leak.error = answer(200, "text/html", "Traceback (most recent call last):");
        assertEquals(Outcome.PASS, leak.judge(ERRORS).outcome());
    }

    @Test
    void aDirectoryListingIsAWarning() {
        Leak leak = new Leak();
        leak.directories.add(SeenSite.get(SITE + "/js/", answer(200, "text/html", "<title>Index of /js/</title>")));
        assertEquals(Outcome.WARN, leak.judge(ERRORS).outcome());
    }

    @Test
    void anErrorThatGetsNoAnswerIsNotTheOnlyEvidence() {
        Leak leak = new Leak();
        leak.error = new Failure(Failure.Kind.CONNECTION_LOST, "reset");
        assertEquals(Outcome.PASS, leak.judge(ERRORS).outcome());
        leak.everywhere(answer(200, "text/html", "app"));
        assertEquals(Outcome.NOT_CHECKED, leak.judge(ERRORS).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Contact: mailto:a@b.org#Expires: 2027-01-01T00:00:00Z | valid until",
                "Contact: mailto:a@b.org#Expires: 2025-01-01T00:00:00Z | expired",
                "Contact: mailto:a@b.org | 0 Expires",
                "Expires: 2027-01-01T00:00:00Z | no Contact"
            })
    void securityTxtInforms(String body, String says) {
        Leak leak = new Leak();
        leak.securityTxt = answer(200, "text/plain", body.replace('#', '\n'));
        Verdict verdict = leak.judge(SECURITY_TXT);
        assertEquals(Outcome.INFO, verdict.outcome());
        assertTrue(verdict.value().contains(says), verdict.value());
    }

    @Test
    void traceInforms() {
        Leak leak = new Leak();
        leak.trace = answer(200, "message/http", "TRACE / HTTP/1.1");
        assertTrue(leak.judge(TRACE).value().contains("switch it off"));
        assertTrue(new Leak().judge(TRACE).value().contains("405"));
    }
}
