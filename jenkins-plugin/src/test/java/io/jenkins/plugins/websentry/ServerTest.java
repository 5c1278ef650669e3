package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scans that a WebSentry server does, with its key from Jenkins' credentials. */
@WithJenkins
class ServerTest {
    private static final String KEY = "ss_the-key-that-nobody-sees-0123456789";

    private static Sites sites;
    private static ScanApi api;
    private static JenkinsRule jenkins;

    /** One Jenkins for all of them: each has jobs of its own. */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sites = new Sites();
        api = ScanApi.of(sites, sites.demo, KEY);
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "websentry-api-key", null, Secret.fromString(KEY)));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        sites.close();
        jenkins.after();
    }

    @AfterEach
    void forgetTheServer() {
        WebSentryGlobalConfiguration.get().setServer(null);
        WebSentryGlobalConfiguration.get().setCredentialsId(null);
    }

    @Test
    void serverScansWithTheKeyOfTheCredentials() throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));
        int before = api.asked().size();

        WorkflowRun run = build(Result.UNSTABLE, """
                node('far') {
                  def scan = websentryScan url: '%s', unstableBelow: 'A', server: '%s',
                      credentialsId: 'websentry-api-key', options: [formats: ['json', 'html', 'sarif', 'junit']]
                  echo "grade=${scan.grade} of ${scan.sites[0].url}"
                  archiveArtifacts 'websentry/*'
                }
                """.formatted(sites.demo.url(), api.url()));

        jenkins.assertLogContains("grade=F of https://shop.example.org/", run);
        assertEquals(
                List.of(
                        "POST /api/scan {\"url\":\"https://shop.example.org/\"}",
                        "GET /api/scan/e926f8e2d15bf967ea36e5481a888289/json"),
                api.asked().subList(before, api.asked().size()));
        assertTrue(page(run).contains("Content-Security-Policy"), page(run));
        assertEquals("F", run.getAction(WebSentryAction.class).getGrade());
        assertKeyIsNowhereIn(run);
    }

    @Test
    void gateOfAScanThatAServerDidCloses() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                "node { websentryScan url: '" + sites.demo.url() + "', server: '" + api.url()
                        + "', credentialsId: 'websentry-api-key' }");

        jenkins.assertLogContains("Quality gate failed: https://shop.example.org/: grade F", run);
        assertKeyIsNowhereIn(run);
    }

    @Test
    void sampleRuns() throws Exception {
        String script = Files.readString(Path.of("samples/server.Jenkinsfile"))
                .replace("https://www.example.com", sites.demo.url())
                .replace("https://websentry.dev", api.url())
                .replace("failBelow", "unstableBelow");

        WorkflowRun run = build(Result.UNSTABLE, script);

        assertEquals("F", run.getAction(WebSentryAction.class).getGrade());
        assertKeyIsNowhereIn(run);
    }

    @Test
    void freestyleUsesTheServerOfTheGlobalConfiguration() throws Exception {
        WebSentryGlobalConfiguration.get().setServer(api.url());
        WebSentryGlobalConfiguration.get().setCredentialsId("websentry-api-key");
        WebSentryStep step = new WebSentryStep(sites.demo.url());
        step.setUnstableBelow("A");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new WebSentryBuilder(step));
        int before = api.asked().size();

        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        assertEquals(before + 2, api.asked().size());
        assertEquals("F", run.getAction(WebSentryAction.class).getGrade());
        assertKeyIsNowhereIn(run);

        step.setServer(RemoteServerConfig.AGENT);
        step.setOptions(sites.options());
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        assertEquals(before + 2, api.asked().size(), "this build asked for a scan from the agent");
    }

    @Test
    void wrongKeyIsSaidAndNotRepeated() throws Exception {
        String wrong = "ss_wrong-key-0123456789";
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "wrong-key", null, Secret.fromString(wrong)));

        WorkflowRun run = build(
                Result.FAILURE,
                "node { websentryScan url: '" + sites.demo.url() + "', server: '" + api.url()
                        + "', credentialsId: 'wrong-key' }");

        jenkins.assertLogContains(
                "rejected the API key (401): Invalid API key ***; set a valid API key with credentialsId", run);
        jenkins.assertLogNotContains(wrong, run);
        assertEquals("", run.getAction(WebSentryAction.class).getGrade());
        assertTrue(page(run).contains("could not be scanned"), page(run));
        assertKeyIsNowhereIn(run);
    }

    @Test
    void credentialsOfAnotherKindAreMissing() throws Exception {
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "a-login", null, "scan", "pass-word"));
        int before = api.asked().size();

        WorkflowRun run = build(
                Result.FAILURE,
                "node { websentryScan url: '" + sites.demo.url() + "', server: '" + api.url()
                        + "', credentialsId: 'a-login' }");

        jenkins.assertLogContains("no \"Secret text\" credentials with the ID 'a-login'", run);
        jenkins.assertLogNotContains("pass-word", run);
        assertNull(run.getAction(WebSentryAction.class));
        assertEquals(before, api.asked().size());
    }

    @Test
    void optionThatAServerCannotTakeIsAnError() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                "node { websentryScan url: '" + sites.demo.url() + "', server: '" + api.url()
                        + "', credentialsId: 'websentry-api-key', options: [mailDomain: 'example.org'] }");

        jenkins.assertLogContains("mailDomain: has no effect on a remote scan", run);
        assertNull(run.getAction(WebSentryAction.class));
    }

    /** In no file of the build: log, {@code build.xml}, reports, and the Pipeline's own records. */
    private static void assertKeyIsNowhereIn(Run<?, ?> run) throws IOException {
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(KEY),
                        file.toString());
            }
        }
    }

    private String page(Run<?, ?> run) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(run, "websentry/")
                .asNormalizedText();
    }

    private static void add(StandardCredentials credentials) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private WorkflowRun build(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }
}
