package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.demo.LoopbackSite;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step {@code websentryScan} in a real Jenkins, against sites on loopback. */
@WithJenkins
class PipelineTest {
    private static Sites sites;
    private static JenkinsRule jenkins;

    /** One Jenkins for all of them: each has jobs and agents of its own. */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sites = new Sites();
    }

    @AfterAll
    static void stop() throws Exception {
        sites.close();
        jenkins.after();
    }

    @Test
    void goodSitePassesAndTheScriptGetsTheResult() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                node {
                  def scan = %s
                  echo "grade=${scan.grade} score=${scan.score} complete=${scan.complete}"
                  echo "ssl=${scan.categories.ssl.grade} ${scan.categories.ssl.score}/${scan.categories.ssl.maxScore}"
                  echo "site=${scan.sites[0].url} report=${scan.reportUrl}"
                  if (!fileExists('websentry/report.json')) error 'no report in the workspace'
                  semaphoreless = scan
                }
                sleep 1
                echo "kept=${semaphoreless.grade}"
                """.formatted(scan(sites.good, "failBelow: 'A+'")));

        jenkins.assertLogContains("grade=A+ score=", run);
        jenkins.assertLogContains("complete=true", run);
        jenkins.assertLogContains("ssl=A+ 28/30", run);
        jenkins.assertLogContains(
                "site=https://www.example.com/ report=" + jenkins.getURL() + run.getUrl() + "websentry/", run);
        jenkins.assertLogContains("kept=A+", run);
        WebSentryAction action = run.getAction(WebSentryAction.class);
        assertEquals("A+", action.getGrade());
        assertTrue(action.isComplete());
    }

    @Test
    void badSiteFailsWithEveryReason() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "node { " + scan(sites.demo, "failBelow: 'C'") + " }");

        jenkins.assertLogContains("Quality gate failed: https://shop.example.org/: grade F (", run);
        jenkins.assertLogContains(") is below C (60)", run);
        jenkins.assertLogContains("FAIL  Content-Security-Policy", run);
        assertEquals("F", run.getAction(WebSentryAction.class).getGrade());
    }

    @Test
    void gradeBelowUnstableLimitIsUnstableAndTheScriptGoesOn() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, """
                node {
                  def scan = %s
                  echo "went on with ${scan.grade}"
                }
                """.formatted(scan(sites.demo, "unstableBelow: 'A'")));

        jenkins.assertLogContains("so the build is unstable", run);
        jenkins.assertLogContains("went on with F", run);
    }

    @Test
    void incompleteScanFailsUnlessThatIsAllowed() throws Exception {
        String options = sites.optionsInGroovy().replace(sites.dns.server(), "127.0.0.1:1");
        String step = "websentryScan url: 'https://www.example.com', failBelow: 'F', " + options;

        WorkflowRun refused = build(Result.FAILURE, "node { " + step + " }");
        WorkflowRun allowed = build(Result.SUCCESS, "node { " + step + ", failOnIncomplete: false }");

        jenkins.assertLogContains("incomplete", refused);
        assertFalse(allowed.getAction(WebSentryAction.class).isComplete());
    }

    @Test
    void siteThatDoesNotAnswerFailsWithoutGrade() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "node { websentryScan url: 'https://127.0.0.1:1/' }");

        jenkins.assertLogContains("could not be scanned", run);
        assertEquals("", run.getAction(WebSentryAction.class).getGrade());
        assertTrue(page(run, "websentry").asNormalizedText().contains("could not be scanned"));
    }

    @Test
    void wrongSettingIsNamed() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "node { websentryScan url: 'www.example.com', failBelow: 'E' }");

        jenkins.assertLogContains("failBelow: unknown grade \"E\"", run);
        assertNull(run.getAction(WebSentryAction.class));
    }

    @Test
    void abortedBuildStopsTheScanAtOnce() throws Exception {
        jenkins.createOnlineSlave(hudson.model.Label.get("far"));
        for (String node : List.of("built-in", "far")) {
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                WorkflowJob job = job(
                        "node('" + node + "') { websentryScan url: 'https://127.0.0.1:"
                                + silent.getLocalPort()
                                + "/', options: [timeoutSeconds: 600, connectTimeoutSeconds: 600, dnsServers: ['127.0.0.1:1']] }");
                WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                silent.accept();
                long began = System.nanoTime();

                run.doStop();
                jenkins.waitForCompletion(run);

                assertEquals(Result.ABORTED, run.getResult(), JenkinsRule.getLog(run));
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, node + " took " + took);
                assertNull(run.getAction(WebSentryAction.class));
            }
        }
    }

    @Test
    void scanRunsOnTheAgent() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(hudson.model.Label.get("farther"));
        WorkflowRun run = build(Result.SUCCESS, """
                node('farther') {
                  writeFile file: 'waivers.yaml', text: 'waivers: []'
                  def scan = %s
                  echo "grade=${scan.grade}"
                }
                """.formatted(scan(sites.good, "waivers: 'waivers.yaml'")));

        jenkins.assertLogContains("grade=A+", run);
        assertTrue(agent.getWorkspaceFor(run.getParent())
                .child("websentry/report.html")
                .exists());
        assertTrue(page(run, "websentry").asNormalizedText().contains("A+"));
    }

    @Test
    void stepsSideBySideHaveAReportEach() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, """
                node {
                  parallel(
                    shop: { dir('shop') { %s } },
                    www: { dir('www') { %s } })
                }
                """.formatted(
                        scan(sites.demo, "unstableBelow: 'A'"), scan(sites.good, "failBelow: 'A'")));

        assertEquals(2, run.getActions(WebSentryAction.class).size());
        page(run, "websentry");
        page(run, "websentry-2");
    }

    @Test
    void resultOfSeveralSitesIsTheWorst() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, """
                node {
                  def scan = websentryScan urls: ['https://www.example.com', 'https://shop.example.org'],
                      unstableBelow: 'A', %s
                  echo "worst=${scan.grade} of ${scan.sites.size()}"
                }
                """.formatted(sites.optionsInGroovy()));

        jenkins.assertLogContains("worst=F of 2", run);
    }

    @Test
    void firstBuildWithoutBaselinePassesAndLaterOnesAreCompared() throws Exception {
        WorkflowJob job = job("node { " + scan(sites.demo, "failOnRegression: true") + " }");

        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        WorkflowRun second = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("no baseline yet; regressions were not evaluated", first);
        jenkins.assertLogNotContains("no baseline", second);
    }

    @Test
    void unstableBuildIsABaseline() throws Exception {
        WorkflowJob job = job("node { " + scan(sites.demo, "failOnRegression: true, unstableBelow: 'A'") + " }");
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        WorkflowRun second = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogNotContains("no baseline", second);
    }

    @Test
    void baselineIsFoundForEachUrlInItsOwnBuild() throws Exception {
        WorkflowJob job = job("node { " + scan(sites.demo, "failOnRegression: true") + " }");
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(
                new CpsFlowDefinition("node { " + scan(sites.good, "failOnRegression: true") + " }", true));
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                  websentryScan urls: ['https://www.example.com/', 'https://shop.example.org/'], failOnRegression: true, %s
                }
                """.formatted(sites.optionsInGroovy()), true));

        WorkflowRun both = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogNotContains("no baseline", both);
    }

    @Test
    void failedGateReturnsItsResultWithFailBuildFalse() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                node {
                  def scan = %s
                  echo "passed=${scan.passed} reasons=${scan.reasons.size()} site=${scan.sites[0].passed}"
                }
                """.formatted(scan(sites.demo, "failBelow: 'C', failBuild: false")));

        jenkins.assertLogContains("passed=false reasons=1 site=false", run);
    }

    @Test
    void wrongTypeIsOneLine() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "node { websentryScan urls: 5 }");

        jenkins.assertLogContains("urls: a text or a list of texts is required", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void singleArgumentIsTheUrl() throws Exception {
        WorkflowRun run = build(Result.FAILURE, "node { websentryScan 'https://127.0.0.1:1/' }");

        jenkins.assertLogContains("https://127.0.0.1:1/: could not be scanned", run);
    }

    @Test
    void declarativePipelineNeedsNoUrlIfItHasUrls() throws Exception {
        WorkflowRun run = build(Result.FAILURE, """
                pipeline {
                  agent any
                  stages { stage('Scan') { steps {
                    websentryScan urls: ['https://127.0.0.1:1/', 'https://127.0.0.1:2/']
                  } } }
                }
                """);

        jenkins.assertLogContains("https://127.0.0.1:2/: could not be scanned", run);
    }

    @Test
    void textWithCommasIsAList() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, """
                node {
                  def scan = websentryScan urls: 'https://www.example.com, https://shop.example.org',
                      unstableBelow: 'A', %s
                  echo "sites=${scan.sites.size()}"
                }
                """.formatted(sites.optionsInGroovy()));

        jenkins.assertLogContains("sites=2", run);
        assertTrue(page(run, "websentry").asNormalizedText().contains("https://shop.example.org"));
        assertTrue(page(run, "websentry/site/2").asNormalizedText().contains("Quality gate"));
    }

    @Test
    void parallelStepsInOneWorkspaceHaveAFolderEach() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                node {
                  parallel(a: { %1$s }, b: { %1$s })
                  if (!fileExists('websentry/report.json') || !fileExists('websentry-2/report.json')) error 'missing'
                }
                """.formatted(scan(sites.good, "failBelow: 'A'")));

        assertEquals(2, run.getActions(WebSentryAction.class).size());
    }

    @Test
    void reportPageShowsEveryCheckAndHasNoInlineScriptOfItsOwn() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, "node { " + scan(sites.demo, "unstableBelow: 'A'") + " }");

        HtmlPage page = page(run, "websentry");
        String text = page.asNormalizedText();
        assertTrue(text.contains("Content-Security-Policy"), text);
        assertTrue(text.contains("HSTS"), text);
        assertTrue(text.contains("so the build is unstable"), text);
        HtmlElement panel = page.getHtmlElementById("main-panel");
        // Jenkins' own script of the copy button, by its address: its policy forbids what stands in the page.
        for (HtmlElement script : panel.getElementsByTagName("script")) {
            assertTrue(script.getAttribute("src").startsWith("/jenkins/"), script.asXml());
            assertEquals("", script.getTextContent().strip());
        }
        assertFalse(panel.asXml().matches("(?s).*\\son[a-z]+=\".*"), "an inline handler");
        assertFalse(panel.asXml().matches("(?s).*\\sstyle=\".*"), "an inline style");
        assertTrue(summary(run).contains("F"), summary(run));
        String policy = jenkins.createWebClient()
                .goTo(run.getUrl() + "websentry/site/1/html")
                .getWebResponse()
                .getResponseHeaderValue("Content-Security-Policy");
        assertTrue(policy.startsWith("sandbox"), policy);
    }

    @Test
    void findingHasItsRemedyAndConfigurationToCopy() throws Exception {
        WorkflowRun run = build(Result.UNSTABLE, "node { " + scan(sites.demo, "unstableBelow: 'A'") + " }");

        List<HtmlElement> findings =
                page(run, "websentry").getHtmlElementById("main-panel").getElementsByTagName("article");
        HtmlElement hsts = findings.stream()
                .filter(finding -> finding.getTextContent().contains("ssl.hsts"))
                .findFirst()
                .orElseThrow();

        String first = findings.get(0).getTextContent().strip();
        assertTrue(first.startsWith("fail") && first.contains("ssl."), "the first category, what failed first: " + first);
        String text = hsts.getTextContent();
        for (String product : List.of("nginx", "Apache httpd", "Spring Security", "Caddy", "HAProxy", "Traefik")) {
            assertTrue(text.contains(product), product + ": " + text);
        }
        assertTrue(text.contains("add_header Strict-Transport-Security \"max-age="), text);
        assertTrue(
                hsts.getElementsByTagName("a").get(0).getAttribute("href").startsWith("https://www.rfc-editor.org/"),
                hsts.asXml());
    }

    private String summary(Run<?, ?> run) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(run)
                .asNormalizedText();
    }

    private HtmlPage page(Run<?, ?> run, String path) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).goTo(run.getUrl() + path + "/");
    }

    private String scan(LoopbackSite site, String settings) {
        return "websentryScan(url: '" + site.url() + "', " + settings + ", " + sites.optionsInGroovy() + ")";
    }

    private WorkflowRun build(Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
