package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.ProxyServer;
import hudson.EnvVars;
import hudson.ProxyConfiguration;
import hudson.model.Label;
import hudson.model.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scans by way of a proxy that notes what it is asked: of Jenkins, of an agent, of a step. */
@WithJenkins
class ProxyTest {
    private static final String PASSWORD = "s3cret-of-the-proxy";
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString(("builder:" + PASSWORD).getBytes(StandardCharsets.US_ASCII));

    private static Sites sites;
    private static JenkinsRule jenkins;
    private ProxyServer proxy;
    private ProxyServer other;

    /** One Jenkins for all of them: each has jobs of its own, and sets its proxy. */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sites = new Sites();
        jenkins.createOnlineSlave(Label.get("far"));
    }

    @AfterAll
    static void stop() throws Exception {
        sites.close();
        jenkins.after();
    }

    @BeforeEach
    void startProxies() {
        proxy = proxy(Optional.of(LOGIN));
        other = proxy(Optional.empty());
    }

    @AfterEach
    void stopProxies() throws IOException {
        jenkins.jenkins.setProxy(null);
        other.close();
        proxy.close();
    }

    @Test
    void proxyOfJenkinsIsForTheControllerAndForAgents() throws Exception {
        jenkinsProxy("localhost\nintern.example.org");
        for (String node : List.of("built-in", "far")) {
            int before = proxy.requests().size();

            WorkflowRun run = build(Result.SUCCESS, "node('" + node + "') { " + scan() + " }");

            List<String> asked = proxy.requests().subList(before, proxy.requests().size());
            assertTrue(asked.contains("CONNECT " + https()), node + ": " + asked);
            jenkins.assertLogNotContains(PASSWORD, run);
            assertFalse(Files.readString(run.getRootDir().toPath().resolve("build.xml"))
                    .contains(PASSWORD));
        }
        assertTrue(proxy.requestHeads().stream().allMatch(head -> head.contains("Proxy-Authorization: " + LOGIN)));
    }

    @Test
    void hostsWithoutProxyAreDialledDirectly() throws Exception {
        jenkinsProxy("*.example.com, example.com");
        for (String node : List.of("built-in", "far")) {
            build(Result.SUCCESS, "node('" + node + "') { " + scan() + " }");
        }
        assertEquals(List.of(), proxy.requests());
    }

    @Test
    void environmentOfTheStepOutranksTheProxyOfJenkins() throws Exception {
        jenkinsProxy("");
        for (String node : List.of("built-in", "far")) {
            int before = other.requests().size();

            build(
                    Result.SUCCESS,
                    "node('" + node + "') { withEnv(['https_proxy=http://127.0.0.1:" + other.port() + "']) { " + scan()
                            + " } }");

            List<String> asked = other.requests().subList(before, other.requests().size());
            assertTrue(asked.contains("CONNECT " + https()), node + ": " + asked);

            build(Result.SUCCESS, "node('" + node + "') { withEnv(['no_proxy=*']) { " + scan() + " } }");
        }
        assertEquals(List.of(), proxy.requests());
    }

    @Test
    void environmentOfTheAgentOutranksTheProxyOfJenkins() throws Exception {
        jenkinsProxy("");
        jenkins.waitOnline(jenkins.createSlave(
                "elsewhere", "elsewhere", new EnvVars("HTTPS_PROXY", "http://127.0.0.1:" + other.port())));

        build(Result.SUCCESS, "node('elsewhere') { " + scan() + " }");

        assertTrue(other.requests().contains("CONNECT " + https()), other.requests().toString());
        assertEquals(List.of(), proxy.requests());
    }

    @Test
    void proxyThatWantsALoginSaysSo() throws Exception {
        jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port()));

        WorkflowRun run = build(Result.FAILURE, "node('far') { " + scan() + " }");

        jenkins.assertLogContains("requires a user name and password (407)", run);
        assertEquals("", run.getAction(WebSentryAction.class).getGrade());
    }

    @Test
    void serverIsAskedByWayOfTheProxy() throws Exception {
        try (ScanApi api = ScanApi.of(sites, sites.good, "null")) {
            int port = Integer.parseInt(api.url().replaceAll(".*:", ""));
            try (ProxyServer between =
                    new ProxyServer(Map.of("127.0.0.1:" + port, port), ProxyServer.ProxyBehavior.FORWARD, Optional.empty())) {
                jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", between.port()));

                build(
                        Result.SUCCESS,
                        "node('far') { websentryScan url: '" + sites.good.url() + "', server: '" + api.url() + "' }");

                assertEquals("POST " + api.url() + "/api/scan", between.requests().get(0));
            }
        }
    }

    private void jenkinsProxy(String direct) throws IOException {
        jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), "builder", PASSWORD, direct));
    }

    /** Through the proxy the scan dials where {@code resolve} leads. */
    private static String https() {
        return "127.0.0.1:" + sites.good.https().port();
    }

    private static ProxyServer proxy(Optional<String> login) {
        Map<String, Integer> places = new HashMap<>();
        for (int port : List.of(sites.good.https().port(), sites.good.http().port())) {
            places.put("127.0.0.1:" + port, port);
        }
        return new ProxyServer(places, ProxyServer.ProxyBehavior.FORWARD, login);
    }

    private static String scan() {
        return "websentryScan(url: '" + sites.good.url() + "', failBelow: 'A', " + sites.optionsInGroovy() + ")";
    }

    private WorkflowRun build(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }
}
