package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.util.StreamTaskListener;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Freestyle step in a real Jenkins. */
@WithJenkins
class FreestyleTest {
    private static Sites sites;

    @BeforeAll
    static void startSites() throws Exception {
        sites = new Sites();
    }

    @AfterAll
    static void stopSites() {
        sites.close();
    }

    @Test
    void goodSitePassesAndVariablesAreSet(JenkinsRule jenkins) throws Exception {
        WebSentryStep step = sites.step(sites.good);
        step.setUrl("${SITE}");
        FreeStyleProject job = job(jenkins, step);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SITE", sites.good.url())));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        EnvVars variables = build.getEnvironment(StreamTaskListener.NULL);
        assertEquals("A+", variables.get("WEBSENTRY_GRADE"));
        assertEquals("true", variables.get("WEBSENTRY_COMPLETE"));
        assertEquals(jenkins.getURL() + build.getUrl() + "websentry/", variables.get("WEBSENTRY_REPORT_URL"));
        assertTrue(Integer.parseInt(variables.get("WEBSENTRY_SCORE")) >= 90);
    }

    @Test
    void gateFailsOrMakesUnstableAndTheTrendShowsBoth(JenkinsRule jenkins) throws Exception {
        WebSentryStep step = sites.step(sites.demo);
        FreeStyleProject job = job(jenkins, step);
        FreeStyleBuild failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        step.setUnstableBelow("A");
        FreeStyleBuild unstable = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogContains("ERROR: ", failed);
        jenkins.assertLogContains("Quality gate failed: https://shop.example.org/: grade F", failed);
        jenkins.assertLogContains("so the build is unstable", unstable);
        WebSentryTrendAction trend = job.getAction(WebSentryTrendAction.class);
        assertTrue(trend.isTrendVisible());
        assertEquals(List.of(1, 2), trend.model().getBuildNumbers());
        assertEquals(sites.demo.url(), trend.model().getSeries().get(0).getName());
        assertTrue(trend.getBuildTrendModel().contains("\"rangeMax\":100"), trend.getBuildTrendModel());
        // The chart library's script is too new for HtmlUnit.
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        assertTrue(browser.getPage(job).asXml().contains("WebSentry scores"));
        assertTrue(browser.getPage(job, "websentry/").getUrl().getPath().endsWith("/2/websentry/"));
    }

    @Test
    void abortedBuildStopsTheScanAtOnce(JenkinsRule jenkins) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            WebSentryStep step = new WebSentryStep("https://127.0.0.1:" + silent.getLocalPort() + "/");
            AdvancedOptions options = new AdvancedOptions();
            options.setTimeoutSeconds(600);
            options.setConnectTimeoutSeconds(600);
            options.setDnsServers(List.of("127.0.0.1:1"));
            step.setOptions(options);
            FreeStyleBuild build = job(jenkins, step).scheduleBuild2(0).waitForStart();
            silent.accept();

            build.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        }
    }

    @Test
    void formKeepsEverySetting(JenkinsRule jenkins) throws Exception {
        WebSentryStep step = new WebSentryStep("https://www.example.com/");
        step.setUrls(List.of("https://a.example.com", "https://b.example.com"));
        step.setFailBelow("C");
        step.setUnstableBelow("A+");
        step.setFailOnRegression(true);
        step.setFailOnIncomplete(false);
        step.setWaivers("waivers.yaml");
        step.setServer("https://websentry.dev");
        AdvancedOptions options = new AdvancedOptions();
        options.setMinScore(75);
        options.setFormats(List.of("json", "sarif"));
        options.setHeaders("X-Scan: yes\nX-Other: a, b");
        options.setDnsServers(List.of("192.0.2.1", "192.0.2.2:5353"));
        options.setRootStore("jdk");
        options.setAllowPrivateAddresses(true);
        options.setFailOnError(false);
        options.setProbePaths(false);
        step.setOptions(options);
        FreeStyleProject job = job(jenkins, step);

        jenkins.configRoundtrip(job);

        WebSentryStep after = job.getBuildersList().get(WebSentryBuilder.class).getScan();
        jenkins.assertEqualDataBoundBeans(step, after);
    }

    @Test
    void buildOfTheFirstVersionStillLoads(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = job(jenkins, sites.step(sites.good));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        store(build.getRootDir().toPath());

        jenkins.jenkins.reload();

        build = jenkins.jenkins
                .getItemByFullName(job.getFullName(), FreeStyleProject.class)
                .getLastBuild();
        WebSentryAction action = build.getAction(WebSentryAction.class);
        assertEquals("F", action.getGrade());
        assertEquals(37, action.getScore());
        assertEquals(
                "headers.csp",
                action.getRecord().sites().get(0).gate().waived().get(0).checkId());
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        // Two sites have a table and a page each; the reasons are in the summary of the build.
        String page = browser.getPage(build).asNormalizedText();
        assertTrue(page.contains("grade F (37) is below B (70)"), page);

        Files.delete(build.getRootDir().toPath().resolve("websentry/run.json"));
        String poorer = browser.getPage(build, "websentry/").asNormalizedText();
        assertTrue(poorer.contains("https://shop.example.org/"), poorer);
    }

    /** What version 0.1 left in a build's folder. */
    private static void store(Path folder) throws Exception {
        Path xml = folder.resolve("build.xml");
        String stored = resource("action-0.1.xml");
        String now = Files.readString(xml)
                .replaceAll(
                        "(?s)<io.jenkins.plugins.websentry.WebSentryAction.*?</io.jenkins.plugins.websentry.WebSentryAction>",
                        java.util.regex.Matcher.quoteReplacement(stored));
        Files.writeString(xml, now);
        Files.writeString(folder.resolve("websentry/run.json"), resource("run-0.1.json"));
    }

    private static String resource(String name) throws Exception {
        return Files.readString(Path.of(FreestyleTest.class.getResource(name).toURI()));
    }

    private static FreeStyleProject job(JenkinsRule jenkins, WebSentryStep step) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new WebSentryBuilder(step));
        return job;
    }
}
